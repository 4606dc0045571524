export const HELP = `Usage: crdb-playground run [--against URL,URL…] FILE…
       crdb-playground serve [OPTION…]
       crdb-playground open [--port PORT]

run: play scenario files and compare the replies with those expected
  --against URL,…      on these servers (redis://host:port, one per region) instead of a simulated database
  --flush              delete the keys of these servers before each file

serve: serve each region as a Redis server, and the control language on a port of its own
  --regions N          how many regions, 2 to 10 (3)
  --port PORT          the first region's port, the others follow (7001)
  --control-port PORT  the control language's port (one below --port)
  --latency DURATION   one-way delay between regions, such as 80ms or 1s (50ms)
  --xadd-id MODE       strict, semi-strict or liberal (strict)
  --causal on|off      causal consistency (off); change it later with causal on|off
  --seed NUMBER        makes chance the same again (random)
  --persist FOLDER     keep what clients did there, and go on from it at the next start
  --bind ADDRESS       listen there (127.0.0.1); an address that others can reach needs --password
  --password PASSWORD  ask clients for it
  --test-mode          allow what Redis's own test suite needs and Active-Active refuses

open: serve the playground's page on this machine
  --port PORT          (4173)

  -h, --help   show this text
  --version    show the version

Exit status: 0 all is well; 1 an expectation was not met, a file could not be read, or a port not be had; 2 the command line is wrong.
`
