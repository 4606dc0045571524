/**
 * Fields of INFO that every redis-server has, that clients and monitoring look for, and that are the same in every simulated one: it has no processor time,
 * no allocator, no files and no replicas of Redis's own kind.
 */

const TEXT = `
Server
redis_git_sha1:00000000
redis_git_dirty:0
redis_build_id:0
os:simulated
arch_bits:64
monotonic_clock:simulated
multiplexing_api:simulated
process_id:1
process_supervised:no
hz:10
configured_hz:10
executable:
config_file:
io_threads_active:0
Clients
cluster_connections:0
client_recent_max_input_buffer:0
client_recent_max_output_buffer:0
Memory
used_memory_overhead:0
used_memory_startup:0
used_memory_lua:0
used_memory_scripts:0
allocator_frag_ratio:1.00
allocator_rss_ratio:1.00
mem_fragmentation_ratio:1.00
mem_fragmentation_bytes:0
mem_not_counted_for_evict:0
mem_replication_backlog:0
mem_clients_slaves:0
mem_clients_normal:0
mem_aof_buffer:0
mem_allocator:simulated
active_defrag_running:0
lazyfree_pending_objects:0
lazyfreed_objects:0
Persistence
async_loading:0
current_cow_size:0
rdb_bgsave_in_progress:0
rdb_last_bgsave_status:ok
rdb_last_bgsave_time_sec:-1
rdb_current_bgsave_time_sec:-1
rdb_saves:0
rdb_last_cow_size:0
rdb_last_load_keys_expired:0
rdb_last_load_keys_loaded:0
aof_rewrite_in_progress:0
aof_rewrite_scheduled:0
aof_last_rewrite_time_sec:-1
aof_current_rewrite_time_sec:-1
aof_last_bgrewrite_status:ok
aof_last_write_status:ok
aof_last_cow_size:0
module_fork_in_progress:0
module_fork_last_cow_size:0
Stats
instantaneous_ops_per_sec:0
total_net_input_bytes:0
total_net_output_bytes:0
instantaneous_input_kbps:0.00
instantaneous_output_kbps:0.00
rejected_connections:0
sync_full:0
sync_partial_ok:0
sync_partial_err:0
expired_stale_perc:0.00
expired_time_cap_reached_count:0
evicted_clients:0
latest_fork_usec:0
total_forks:0
migrate_cached_sockets:0
slave_expires_tracked_keys:0
active_defrag_hits:0
active_defrag_misses:0
unexpected_error_replies:0
dump_payload_sanitizations:0
total_reads_processed:0
total_writes_processed:0
Replication
master_replid2:0000000000000000000000000000000000000000
master_repl_offset:0
second_repl_offset:-1
repl_backlog_active:0
repl_backlog_size:1048576
repl_backlog_first_byte_offset:0
repl_backlog_histlen:0
CPU
used_cpu_sys:0.000000
used_cpu_user:0.000000
used_cpu_sys_children:0.000000
used_cpu_user_children:0.000000
Cluster
cluster_enabled:0
`

/** The fields of each section. */
export const CONSTANT_FIELDS: ReadonlyMap<string, readonly (readonly [field: string, value: string])[]> = (() => {
  const sections = new Map<string, [string, string][]>()
  let fields: [string, string][] = []
  for (const line of TEXT.trim().split('\n')) {
    const colon = line.indexOf(':')
    if (colon < 0) sections.set(line, (fields = []))
    else fields.push([line.slice(0, colon), line.slice(colon + 1)])
  }
  return sections
})()
