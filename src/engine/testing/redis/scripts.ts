/** Scripts whose replies are compared with a real redis-server's: the language, its libraries, errors, conversions. */
export const SCRIPTS: readonly string[] = String.raw`
return 1+2*3^2
return {10/2, 7%3, -7%3, 7%-3, 2^0.5, 5.5%2, 1/0 > 0}
return {tostring(1e15), tostring(0.1), tostring(1/0), tostring(-1/0), tostring(2^53), tostring(1e100), tostring(123456789012345), tostring(1e14), tostring(99999999999999.9)}
return {"10"+5, "0x10"+0, "1e2"*1, " 5 "+0, 10 .. 20}
return {tostring(tonumber("0x1p4")), tostring(tonumber("1e")), tostring(tonumber("")), tostring(tonumber(" ")), tostring(tonumber("10", 2)), tostring(tonumber("zz", 36)), tostring(tonumber("8", 8)), tostring(tonumber("ff", 16)), tostring(tonumber("0xff", 16)), tostring(tonumber("-10", 2))}
return tonumber("10", 99)
return tonumber({})
return tonumber()
return {#"abc", #{1,2,3}, #{1,2,nil,4}, #{nil,nil,3}, #{n=1}, #{1,nil,3}}
local t={} t[1]=1 t[2]=2 t[4]=4 return #t
local t={} for i=1,20 do t[i]=i end for i=10,20 do t[i]=nil end return #t
local t={1,2,3,4,5,6,7,8} t[8]=nil t[7]=nil return #t
local t = {} ; t.x, t.y = 1, 2; local i = 1; i, t[i] = i+1, 20; return {t.x, t.y, t[1], i}
local a = {} ; local b = a ; a.x, a = 5, nil ; return b.x
local function f(...) local a,b = ... return select('#', ...), a, b end return {f(1,nil,3)}
return {select(-1, 1, 2, 3)}
return select(0)
return select(-5, 1)
local function f(a, ...) return arg and arg.n end return f(1,2,3)
local function f(a, ...) return arg end return f(1,2,3)
local function f(...) local x = ... return arg end return f(1)
return {unpack({1,2,3}, 2)}
return {unpack({1,2,3}, 2, 5)}
return unpack({}, 1, 1e8)
local s = 0 for i=10,1,-3 do s = s*100+i end return s
local s = 0 for i=1,3,0.5 do s = s+i end return tostring(s)
for i="a",2 do end
for i=1,"x" do end
for i=1,2,{} do end
for i=1,0 do return 1 end return 2
local i = 0 repeat local done = i >= 3 i = i + 1 until done return i
local t = {} for i=1,3 do t[i] = function() i = i + 1 return i end end return {t[1](), t[1](), t[2]()}
local t = {} for k,v in pairs({a=1}) do t[#t+1] = function() return k..v end end return t[1]()
local i = 1 while true do i = i * 2 if i > 100 then break end end return i
for k in pairs({1,2,3}) do if k == 2 then return k end end
local t = setmetatable({}, {__index = function(t, k) return k .. "!" end}) return t.foo
local t = setmetatable({}, {__index = {a = 1}}) return {t.a, tostring(t.b)}
local t = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v * 2) end}) t.x = 5 return t.x
local t = setmetatable({}, {__call = function(self, a, b) return a + b end}) return t(1, 2)
local m = {__add = function(a, b) return "add" end, __concat = function(a, b) return "cat" end, __unm = function() return "unm" end} local t = setmetatable({}, m) return {t + 1, 1 + t, t .. "x", "x" .. t, -t, 1 .. 2 .. t}
local m = {__eq = function() return true end, __lt = function() return true end, __le = function() return false end} local a, b = setmetatable({}, m), setmetatable({}, m) return {tostring(a == b), tostring(a < b), tostring(a <= b), tostring(a > b), tostring(a ~= b)}
local m = {__lt = function() return true end} local a, b = setmetatable({}, m), setmetatable({}, m) return {tostring(a <= b), tostring(a >= b)}
local m = {__len = function() return 5 end} return #setmetatable({}, m)
return tostring(setmetatable({}, {__tostring = function() return "custom" end}))
return tostring(setmetatable({}, {__tostring = function() return 1 end}))
return getmetatable(setmetatable({}, {__metatable = "locked"}))
return setmetatable(setmetatable({}, {__metatable = "locked"}), {})
return getmetatable("").__index == string
getmetatable("").__index = nil
return ("x"):rep(3)
return ("%d"):format(3)
return setmetatable(1, {})
return setmetatable({})
local t = setmetatable({}, {__index = function() error("inner") end}) return t.x
local a = {} local b = setmetatable({}, {__index = a}) setmetatable(a, {__index = b}) return a.x
local x = nil return x.y
local x = 5 return x.y
local x = {} return x.y.z
local x = {} x.y.z = 1
local x = {} return x.y:z()
local x = {} x:foo()
foo()
string.foo()
local f = 5 f()
local t = {f = 1} t.f()
return (1)()
return ("x")()
return nil .. "x"
local s = "x" return s .. nil
local a, b = "x", {} return a .. b .. "c"
return 1 + nil
return {} + 1
local a = {} return a.b + 1
local a = "abc" return a + 1
return "abc" + 1
return -{}
return #nil
return #5
local up = nil local function f() return up.x end return f()
local up = nil local function f() return up() end return f()
local up = nil local function f() return up + 1 end return f()
local t = {{}} return t[1].x.y
local t = {} return t[1][2]
local t = {} return t["a b"].c
return 1 < "2"
return {} < {}
return nil < 1
return "a" < "b"
return "a" <= 1
return true < false
return {tostring("a" < "B"), tostring("" < "a"), tostring("a\0b" < "a\0c"), tostring("Z" < "a")}
local t = {} t[nil] = 1
local t = {} t[0/0] = 1
local t = {} return t[nil]
return rawget({}, nil)
rawset({}, nil, 1)
rawset(1, 2, 3)
return rawequal({}, {})
return rawequal(1)
return next({})
return {next({5})}
return next({}, "nope")
return next(1)
return ipairs()
for i, v in ipairs({1,2,nil,4}) do if i > 2 then return i end end return "stopped"
return pairs(nil)
for k, v in nil do end
for k, v in 5 do end
return assert(false)
return assert(nil, "message")
return assert(false, {1})
return assert(1, 2)
return {assert(1, 2, 3)}
return assert()
error("boom")
error("boom", 0)
error("boom", 2)
error()
error(nil)
error(true)
error(5)
error({err = "MYCODE text"})
error({err = "text"})
local function f() error("in f") end f()
local function f() error("in f", 2) end f()
local function f() error("in f", 3) end local function g() f() end g()
local function f() return error("tail") end f()
return {pcall(error, "x")}
return {pcall(error, "x", 2)}
return {pcall(error, {err = "E x"})}
return {pcall(error, nil)}
return {pcall(function() error("x") end)}
return {pcall(function() error("x", 2) end)}
return {pcall(function() local x = nil; x.y = 1 end)}
return {pcall(function() return 1, 2, 3 end)}
return {pcall()}
return pcall(5)
return {pcall(5)}
return {pcall(pcall)}
return {pcall(pcall, error, "x")}
return {xpcall(function() error("e") end, function(m) return "handled: " .. m end)}
return {xpcall(function() return 1, 2 end, function() end)}
return {xpcall(function() error("e") end, 5)}
return {xpcall(function() error("e") end)}
return {pcall(string.rep)}
return {pcall(string.rep, "x", "y")}
return string.rep()
return ("x"):rep({})
return ("x"):bad()
return string.sub()
return {string.sub("hello", 2, 3), string.sub("hello", -3), string.sub("hello", 2), string.sub("hello", 0), string.sub("hello", 10), string.sub("hello", -100, 2), string.sub("hello", 3, 2), string.sub("hello", 2, -2)}
return {string.byte("abc", 1, -1)}
return {string.byte("abc", 10)}
return {string.byte("")}
return string.char(72, 101, 108)
return string.char(256)
return string.char(-1)
return {string.upper("abcÄ"), string.lower("ABC"), string.reverse("abc"), string.len("a\0b")}
return {string.find("hello world", "o w"), string.find("hello", "l+"), string.find("hello", "xyz"), string.find("a.b", ".", 1, true), string.find("abc", "", 10), string.find("abc", "", 3)}
return {string.find("hello", "(l)(l)")}
return {string.find("abc", "b", -1)}
return {string.find("", "")}
return {string.match("key = value", "(%w+)%s*=%s*(%w+)")}
return {string.match("hello", "()ll()")}
return {string.match("2024-01-02", "(%d+)-(%d+)-(%d+)")}
return {string.match("  trim  ", "^%s*(.-)%s*$")}
return {string.match("[[x]]", "%[%[(.-)%]%]")}
return {string.match("f(a(b)c)d", "%b()")}
return {string.match("THE (quick) fox", "%f[%a]%a+%f[%A]")}
return {string.match("abc", "[a-b]+"), string.match("a-b", "[a%-]+"), string.match("]", "[]]"), string.match("^", "[%^x]"), string.match("b", "[^a]")}
return {string.match("xx", "(x)%1")}
return string.match("x", "%")
return string.match("x", "[a")
return string.match("x", "(x")
return string.match("x", "x)")
return string.match("x", "%1")
return string.match("x", "%b")
return string.match("x", "%f")
return string.match("x", "[%")
return {string.gsub("hello world", "o", "0")}
return {string.gsub("hello", "", "-")}
return {string.gsub("hello", "l", {l = "L"})}
return {string.gsub("hello", "l", function(c) return nil end)}
return {string.gsub("hello", "(h)(e)", "%2%1%0")}
return {string.gsub("abc", "%w", "%0%0", 2)}
return {string.gsub("abc", "^a", "x")}
return {string.gsub("abc", "b", "%%")}
return string.gsub("abc", "b", "%2")
return string.gsub("abc", "b", function() return {} end)
return string.gsub("abc", "b")
return string.gsub("abc", "b", true)
local t = {} for w in string.gmatch("one two  three", "%a+") do t[#t+1] = w end return t
local t = {} for k, v in string.gmatch("a=1, b=2", "(%w+)=(%w+)") do t[#t+1] = k .. v end return t
local t = {} for w in string.gmatch("abc", "") do t[#t+1] = "x" end return #t
return string.format("%5d|%-5d|%05d|%+d|% d|%x|%X|%o|%#x|%c|%u", 42, 42, 42, 42, 42, 255, 255, 8, 255, 65, 7)
return string.format("%5.2f|%e|%g|%g|%g|%G|%10.3s|%-10s|", 3.14159, 12345.678, 1e20, 0.0001, 100000, 1e-10, "abcdef", "hi")
return string.format("%q", "a\"b\\c\nd\0e\r")
return string.format("%s %s", "x")
return string.format("%d", "x")
return string.format("%d", "10")
return string.format("%d", 3.99)
return string.format("%d", -1e30)
return string.format("%x", -1)
return string.format("%i", 5)
return string.format("%y", 5)
return string.format("%")
return string.format("%s", nil)
return string.format("%s", {})
return string.format("%123d", 1)
return string.format("%.123f", 1)
return string.format("%%")
return string.format("%.0f|%.0f|%.0f|%.1f|%.20f", 0.5, 1.5, 2.5, 0.25, 0.1)
return string.format("%.14g|%.17g|%.3g|%#g", 0.1, 0.1, 1234567, 1)
return string.format("%a", 1)
return {table.concat({1, 2, 3}, ","), table.concat({}, ","), table.concat({1, 2, 3}, "-", 2), table.concat({1, 2, 3}, "-", 2, 3), table.concat({1,"a",2.5})}
return table.concat({1, {}, 3})
return table.concat({1, 2}, ",", 1, 5)
return table.concat()
local t = {1, 2, 3} table.insert(t, 4) table.insert(t, 1, 0) table.insert(t, 3, "x") return t
local t = {} table.insert(t, 1, 2, 3)
local t = {} table.insert(t)
local t = {1, 2, 3} return {table.remove(t), table.remove(t, 1), #t, tostring(table.remove({})), tostring(table.remove(t, 10))}
local t = {3, 1, 2} table.sort(t) return t
local t = {3, 1, 2, 5, 4, 9, 8, 7} table.sort(t, function(a, b) return a > b end) return t
local t = {"b", "a", "C"} table.sort(t) return t
table.sort({3, "x", 1})
table.sort({1,2,3}, 5)
table.sort({3,2,1,4,5,6,7,8,9,10}, function(a,b) return true end)
return {table.maxn({1, 2, [10] = 1, [5.5] = 1}), table.getn({1, 2})}
table.setn({}, 1)
local t = {} table.foreach({a = 1}, function(k, v) t[1] = k .. v end) return t
return table.foreachi({1, 2, 3}, function(i, v) if v == 2 then return i end end)
return {math.floor(3.7), math.ceil(3.2), math.floor(-3.7), math.max(1, 5, 3), math.min(4, 2), math.abs(-5), math.sqrt(16), math.fmod(7, 3), math.fmod(-7, 3), math.mod(7, 3), math.pow(2, 10), math.ldexp(1, 4)}
return {tostring(math.pi), tostring(math.huge), tostring(math.sin(1)), tostring(math.log(10)), tostring(math.log10(100)), tostring(math.exp(1)), tostring(math.deg(math.pi)), tostring(math.rad(180))}
return {math.modf(3.7)}
local a, b = math.modf(-3.25) return {tostring(a), tostring(b)}
local a, b = math.frexp(10) return {tostring(a), tostring(b)}
return math.max()
return math.floor("x")
return math.floor({})
math.randomseed(42) return {tostring(math.random()), math.random(100), math.random(1000)}
math.randomseed(7) local t = {} for i = 1, 20 do t[i] = math.random(1000) end return t
math.randomseed(-1) return {tostring(math.random()), tostring(math.random()), math.random(10), math.random(5, 6)}
local f = string.rep return f({})
local t = {f = string.rep} return t.f(1, {})
local t = {f = string.rep} return t:f(1)
return ("x"):rep()
return string.rep({})
local up = string.rep return (function() return up({}) end)()
return ({string.rep})[1]({})
return (string.rep)({})
table.sort({1, 2, nil, "x"}, function(a, b) return a < b end)
return table.concat({{}})
for i in string.gmatch({}, "x") do end
return tostring(0/0)
return tostring(-0)
return math.random(0)
return math.random(2, 1)
return math.random(1, 2, 3)
local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) return b * 2 end) return {coroutine.resume(co, 1), select(2, coroutine.resume(co, 10)), coroutine.status(co), tostring(coroutine.resume(co))}
local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) return b * 2 end) local t = {} for i = 1, 3 do local ok, v = coroutine.resume(co, i) t[#t+1] = tostring(ok) t[#t+1] = tostring(v) t[#t+1] = coroutine.status(co) end return t
local f = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) return {f(), f(), f(), tostring(f())}
local f = coroutine.wrap(function() error("in co") end) f()
local f = coroutine.wrap(function() return 1 end) f() f()
coroutine.yield(1)
return {pcall(coroutine.yield, 1)}
return coroutine.running()
return coroutine.create(5)
return coroutine.resume(5)
local co = coroutine.wrap(function() return pcall(function() coroutine.yield(1) end) end) return {co()}
local co co = coroutine.create(function() return coroutine.resume(co) end) return {coroutine.resume(co)}
local f = coroutine.wrap(function() return coroutine.yield(1) end) return {f(), f(2)}
return {loadstring("return 1 + 1")()}
return {loadstring("return 1 +")}
return loadstring("syntax error")
return {loadstring("x = = 1", "=name")}
return {loadstring("x = = 1", "@file")}
return {loadstring("x =\n= 1 a very long line of code that goes on and on and on and on")}
return {loadstring("error('x')")}
return {pcall(loadstring("error('x')"))}
local n = 0 return load(function() n = n + 1 if n == 1 then return "return " elseif n == 2 then return "42" end end)()
return load("x")
return loadstring()
return type(load)
return {type(nil), type(1), type("x"), type({}), type(print), type(type), type(coroutine.create(function() end))}
return type()
return _VERSION
return tostring(_G == _G._G)
return print
return dofile
return require
return setfenv
return io
return debug
return package
x = 1
function foo() end
_G.x = 1
rawset(_G, "x", 1)
redis.x = 1
redis.call = nil
string.x = 1
math.pi = 3
setmetatable(_G, {})
getmetatable(_G).__index = nil
KEYS = {}
KEYS[1] = "x" return KEYS[1]
return _G.foo
return _G[1]
return rawget(_G, "foo")
for k in pairs(_G) do if k == "KEYS" then return k end end
return tostring(collectgarbage("count") > 0)
return collectgarbage("collect")
return collectgarbage("bogus")
return tostring(gcinfo() > 0)
return cjson.encode({1, 2, 3})
return cjson.encode({})
return cjson.encode({a = 1})
return cjson.encode({a = {b = {c = {}}}})
return cjson.encode({1, nil, 3})
return cjson.encode({[1] = 1, [100] = 2})
return cjson.encode({[1] = 1, x = 2}):len()
return cjson.encode({[0] = 1})
return cjson.encode({[1.5] = 1})
return cjson.encode({[true] = 1})
return cjson.encode("a\"b\\c/d\n\t\1\127ä")
return cjson.encode({1, 1.5, 1e20, -0.1, 123456789012345, 0.1, 1/3, 100})
return cjson.encode(1/0)
return cjson.encode(0/0)
return cjson.encode(function() end)
return cjson.encode(cjson.null)
return cjson.encode(nil)
return cjson.encode()
return cjson.encode(1, 2)
return cjson.encode({true, false, cjson.null})
local t = {} t[1] = t return cjson.encode(t)
return cjson.decode('[1,2.5,"x",true,false,null]')[3]
return tostring(cjson.decode('[null]')[1])
return tostring(cjson.decode('[null]')[1] == cjson.null)
return cjson.decode('{"a":{"b":[1,2,{"c":"d"}]}}').a.b[3].c
return cjson.decode('"\\u00e9\\ud83d\\ude00\\n"')
return cjson.decode('"\\ud83d"')
return cjson.decode('"\\x"')
return cjson.decode('"abc')
return cjson.decode('[1,]')
return cjson.decode('[1 2]')
return cjson.decode('{"a" 1}')
return cjson.decode('{a:1}')
return cjson.decode('{"a":1,}')
return cjson.decode('')
return cjson.decode(' ')
return cjson.decode('nul')
return cjson.decode('[1] x')
return cjson.decode('tru')
return {tostring(cjson.decode('1e3')), tostring(cjson.decode('-0.5')), tostring(cjson.decode('0x10')), tostring(cjson.decode('Infinity')), tostring(cjson.decode('007'))}
return cjson.decode('-')
return cjson.decode('@')
return cjson.decode({})
return cjson.decode()
return cjson.decode('[[[[1]]]]')[1][1][1][1]
return cjson.decode(string.rep('[', 1100))
return #cjson.encode(cjson.decode('{"a":[1,2,3],"b":[]}'))
return {cjson.encode_max_depth(), cjson.decode_max_depth(), cjson.encode_number_precision()}
return cjson.encode_number_precision(20)
cjson.encode_number_precision(3) local r = cjson.encode(3.14159) cjson.encode_number_precision(14) return r
cjson.encode_sparse_array(true) local r = cjson.encode({[1]=1,[100]=2}) cjson.encode_sparse_array(false) return #r
cjson.encode_invalid_numbers("null") local r = cjson.encode({1/0}) cjson.encode_invalid_numbers(false) return r
cjson.encode_invalid_numbers(true) local r = cjson.encode({1/0, -1/0, 0/0}) cjson.encode_invalid_numbers(false) return r
return cjson.encode_invalid_numbers("bogus")
return {cjson._NAME, cjson._VERSION}
return cmsgpack.pack(1)
return cmsgpack.pack({1, 2, "x", true, false, 1.5, -1, -100, -1000, -100000, 300, 70000, 5000000000, -5000000000})
return cmsgpack.pack({a = 1})
return cmsgpack.pack(string.rep("x", 40))
return #cmsgpack.pack(string.rep("x", 70000))
return cmsgpack.pack(nil, 1, "two")
return cmsgpack.pack()
return cmsgpack.unpack(cmsgpack.pack({1, {2, {3, "deep"}}}))[2][2][2]
return {cmsgpack.unpack(cmsgpack.pack(1, "two", 3))}
return {tostring(cmsgpack.unpack(cmsgpack.pack(1.5))), tostring(cmsgpack.unpack(cmsgpack.pack(0.1))), tostring(cmsgpack.unpack(cmsgpack.pack(-5000000000))), tostring(cmsgpack.unpack(cmsgpack.pack(2^60)))}
return {cmsgpack.unpack_one(cmsgpack.pack(1, 2, 3))}
return {cmsgpack.unpack_limit(cmsgpack.pack(1, 2, 3), 2)}
return {cmsgpack.unpack_one(cmsgpack.pack(1, 2, 3), 2)}
return cmsgpack.unpack_one("x", 5)
return cmsgpack.unpack_one("x", -1)
return cmsgpack.unpack("\xc1")
return cmsgpack.unpack("\205")
return cmsgpack.unpack("\193")
return cmsgpack.unpack("")
return cmsgpack.unpack({})
local a = {} a[1] = a return #cmsgpack.pack(a)
return {bit.band(255, 15), bit.bor(1, 2, 4), bit.bxor(5, 1), bit.bnot(0), bit.lshift(1, 4), bit.rshift(-1, 28), bit.arshift(-16, 2), bit.rol(1, 33), bit.ror(1, 1), bit.bswap(1), bit.tobit(2^32 + 5), bit.tobit(2^31)}
return {bit.tohex(255), bit.tohex(255, 4), bit.tohex(255, -4), bit.tohex(-1), bit.tohex(1, 0)}
return bit.band("x")
return bit.band()
return {bit.band(1.5), bit.band(2.5), bit.band("7", 3), bit.tobit(-1.5)}
return struct.pack(">I2", 258)
return struct.pack("<i4", -2)
return struct.pack(">bBhHlL", 1, 2, 3, 4, 5, 6)
return struct.pack("!4 b i4", 1, 2)
return struct.pack("s", "abc")
return struct.pack("c5", "hello world")
return struct.pack("c5", "abc")
return struct.pack("c0", "abc")
return struct.pack("f d", 1.5, 2.5)
return struct.pack(">d", 0.1)
return struct.pack("z", 1)
return struct.pack("i99", 1)
return struct.pack("!3", 1)
return struct.pack("i")
return struct.pack("i99999999999", 1)
return {struct.unpack(">I2 s", struct.pack(">I2 s", 258, "abc"))}
return {struct.unpack("<i4", struct.pack("<i4", -2))}
return {struct.unpack("bc0", struct.pack("bc0", 3, "abc"))}
return {struct.unpack("i", "a")}
return {struct.unpack("s", "abc")}
return {struct.unpack("i2", "abcd", 3)}
return struct.unpack("i2", "abcd", 0)
return struct.unpack("c0", "abc")
return {struct.size("i4 i2 b"), struct.size("!8 b d")}
return struct.size("s")
return struct.size("c0")
return redis.call("SET", "k", "v")
redis.call("SET", "k", "v") return redis.call("GET", "k")
return redis.call("GET", "none")
return tostring(redis.call("GET", "none"))
return redis.call("INCR", "n")
return redis.call("SET", "k", 1.5) and redis.call("GET", "k")
redis.call("SET", "k", 0.1) return redis.call("GET", "k")
redis.call("SET", "k", 10) return redis.call("GET", "k")
redis.call("SET", "k", 2^53) return redis.call("GET", "k")
redis.call("SET", "k", 1e20) return redis.call("GET", "k")
redis.call("SET", "k", 1/0) return redis.call("GET", "k")
redis.call("SET", "k", true)
redis.call("SET", "k", nil)
redis.call("SET", "k", {})
redis.call()
redis.pcall()
return redis.pcall()
return redis.call("NOSUCH")
return redis.pcall("NOSUCH")
return redis.call("GET")
return redis.pcall("GET")
return redis.pcall("GET").err
return redis.call("CONFIG")
return redis.call("OBJECT", "nosuch")
return redis.call("MULTI")
return redis.call("SUBSCRIBE", "x")
return redis.call("EVAL", "return 1", 0)
return redis.call("SPOP")
redis.call("SADD", "s", "a") return redis.call("GET", "s")
redis.call("SADD", "s", "a") return redis.pcall("GET", "s")
redis.call("SADD", "s", "a") return redis.pcall("GET", "s").err
redis.call("SADD", "s", "a") return {pcall(redis.call, "GET", "s")}
redis.call("SADD", "s", "a") local ok, e = pcall(function() return redis.call("GET", "s") end) return {tostring(ok), type(e), e}
redis.call("SADD", "s", "a") return {xpcall(function() return redis.call("GET", "s") end, function(e) return type(e) .. e.err end)}
redis.call("HSET", "h", "a", "1", "b", "2") return redis.call("HGETALL", "h")
redis.call("HSET", "h", "a", "1") redis.setresp(3) return redis.call("HGETALL", "h")
redis.call("HSET", "h", "a", "1") redis.setresp(3) return redis.call("HGETALL", "h").map.a
redis.call("SADD", "s", "a") redis.setresp(3) return tostring(redis.call("SMEMBERS", "s").set.a)
redis.setresp(3) return tostring(redis.call("GET", "none"))
redis.setresp(3) return {true, false}
return {true, false, 1}
return {true, nil, 1}
redis.setresp(3) redis.setresp(2) return tostring(redis.call("GET", "none"))
redis.setresp(4)
redis.setresp()
redis.setresp("x")
return redis.setresp("3")
return {1, 2, {3, "four", {5}}, 6.9, "x", nil, 7}
return {double = 1.5}
return {double = "x"}
return {big_number = "12345678901234567890"}
return {verbatim_string = {format = "txt", string = "hello"}}
return {map = {a = 1}}
return {set = {a = true}}
return {ok = "fine"}
return {ok = "a\nb"}
return {err = "CODE text"}
return {err = "one"}
return {err = "a\r\nb"}
return {err = 5}
return {ok = 5}
return redis.status_reply("FINE")
return redis.status_reply()
return redis.status_reply(5)
return redis.error_reply("My Err")
return redis.error_reply("oops")
return redis.error_reply("-CODE text")
return redis.error_reply("ERR text")
return redis.error_reply()
return redis.error_reply(5)
return redis.sha1hex("")
return redis.sha1hex("hello world, this is a longer text that spans more than one block of sixty-four bytes")
return redis.sha1hex()
return redis.sha1hex(1)
return redis.log(redis.LOG_NOTICE, "x")
redis.log(redis.LOG_NOTICE)
redis.log("x", "y")
redis.log(10, "y")
return {redis.LOG_DEBUG, redis.LOG_VERBOSE, redis.LOG_NOTICE, redis.LOG_WARNING}
return redis.nosuch
redis.nosuch()
return tostring(redis.breakpoint())
return redis.debug("x")
return tostring(redis.replicate_commands())
return tostring(redis.acl_check_cmd("SET", "k", "v"))
redis.acl_check_cmd("nosuch")
redis.acl_check_cmd()
redis.register_function("x", function() end)
return 1.9
return -1.9
return 1e15
return 2^53
return 2^62
return 2^63
return -2^63
return 1e300
return 0/0
return true
return false
return nil
return
return 1, 2
return {}
return function() end
return coroutine.create(function() end)
return cjson.null
return {function() end, 1}
local t = {1, 2, 3} t[2] = nil return t
return setmetatable({}, {__index = function(t, i) if i < 4 then return i end end})
return #ARGV
return KEYS
return {#KEYS, #ARGV}
if
if x
if x then
if x then else
while true do
for
for i
for i = 1
for i = 1, 2
for i in
for 1
local
local 1
local function
local function f
function
function f
function f(
function f(a,
function f(...,a) end
return return
break
x
x y
x = 
x, y
x, y = 
x.
x:
x:y
x[
x[1
f(
f(1,
{
return {
return {1
return {a = }
return {[1] 2}
return {[1 = 2}
return "abc
return 'abc
return "abc\
return "\400"
return [[abc
return [==[abc]]
return [=x
--[[ unfinished
--[[ fine ]] return 1
-- comment
return 1 -- comment
return 0x
return 1..2
return 1e
return 0x1G
return 1 .. 2
return "a\65\066\x41\z"
return "tab\tnl\\n"
return '\''
return [[
line]]
return [==[a]]b]==]
return @
return $
return !x
return ~1
return 1 ~= 2
return 1 != 2
return a.b.c
return not nil == true
return not (1 == 2)
return 1 and 2 or 3
return nil and 1 or 2
return false == nil
return 2^3^2
return -2^2
return 1 .. 2 == "12"
return "a" .. "b" == "ab" and 1 or 2
return 1 + 2 < 4
return (1 + 2) * 3
return 5 % 3 * 2
return -3 % 5
return 2 * -3
return - - 3
return not not nil
return ...
return select("#", ...)
local a <const> = 1
goto x
::x::
return 1 // 2
return 1 & 2
return 1 << 2
local function f() return ... end
function f(...) return ... end
f() = 1
(f) = 1
f().x = 1
"x".y = 1
("x"):rep(2)
local x = 1; ; return x
;return 1
do return 1 end
do return 1 end return 2
return 1 return 2
local a = {1,2,3;4} return #a
local t = {f = function(self) return self.v end, v = 7} return t:f()
local t = {} function t.a() return 1 end function t:b() return self == t end return {t.a(), t:b()}
local t = {a = {}} function t.a.b() return 1 end function t.a:c() return 2 end return t.a.c()
local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end return fact(10)
local function f(n) if n == 0 then return "done" end return f(n - 1) end return f(100000)
local function f(n) return 1 + f(n + 1) end return {pcall(f, 1)}
local function f() return f() end return 1
local s = {} for w in ("a,b,c"):gmatch("[^,]+") do s[#s + 1] = w end return table.concat(s, "|")
return #string.rep("x", 1000)
return ("x"):rep(5, ",")
return tostring(nil) .. tostring(true)
return tostring()
return table.unpack
return string.pack
return math.tointeger
return utf8
`
  .split('\n')
  .filter((line) => line !== '')

/** Scripts of more than one line. */
export const LONG_SCRIPTS: readonly string[] = [
  'local a = 1\nlocal b = nil\nreturn a + b',
  'local x = {}\nx\n.y\n.z = 1',
  'local function f()\n  error("deep")\nend\nf()',
  'return redis.call(\n"NOSUCH"\n)',
  'redis.call("SADD", "s", "a")\nlocal v =\n redis.call("GET", "s")\nreturn v',
  'if true then\n  return 1\n',
  'local t = {\n1,\n2\nreturn t',
  'foo(\n1\n',
  'local f = 5\nf\n(1)',
  'return [[\nline one\nline two]]',
  '#!lua\nreturn 1',
  '#!lua flags=no-writes\nreturn redis.call("SET", "k", "v")',
  '#!lua flags=no-writes\nreturn redis.call("GET", "k")',
  '#!lua flags=bogus\nreturn 1',
  '#!lua name=x\nreturn 1',
  '#!lua flags=\nreturn 1',
  '#!js\nreturn 1',
  '#!lua',
  '#!lua flags=no-writes,allow-oom,allow-stale,no-cluster\nreturn 1',
  '#!lua flags=no-writes\n\nreturn nil + 1',
  'error("a\\nb")',
  'return {err = "ERR with\\nnewline"}',
  'local a\n=\n1\nreturn a.b.c',
  'local t = setmetatable({}, {__index = function(t, k)\nreturn k.x.y end})\nreturn t.foo',
  'table.sort({1,2,3}, function(a, b)\nreturn a.x < b.x end)',
  'return ("x"):gsub("x", function(c)\nerror("cb") end)',
  'local ok, e = pcall(function()\n  local x = nil\n  return x.y\nend)\nreturn e',
  'local s = "a\\\nb" return s',
  'return 1 --[==[ long\ncomment ]==] + 1',
]
