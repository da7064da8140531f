-- $2 copies of every invoice's events, for the whole log: each tenant's own, at the end of its log. Read models are left alone.
with source as (
    select e.*, t.sequence as head,
      row_number() over (partition by e.tenant order by e.sequence) as nth, count(*) over (partition by e.tenant) as total
    from events e join tenants t using (tenant) where e.stream_type = $1),
  copy as (select distinct stream_id, n, gen_random_uuid() as id from (select distinct stream_id from source) s cross join generate_series(0, $2 - 1) n),
  copied as (
    insert into events (tenant, sequence, partition, stream_type, stream_id, version, event_id, type, schema_version, time_us, data, metadata, hash)
    select tenant, head + n * total + nth, partition, stream_type, copy.id, version, gen_random_uuid(), type, schema_version, time_us, data, metadata, hash
    from source join copy using (stream_id) order by n, tenant, nth
    returning tenant),
  counted as (select tenant, count(*) as events from copied group by tenant)
update tenants t set sequence = t.sequence + counted.events from counted where counted.tenant = t.tenant
