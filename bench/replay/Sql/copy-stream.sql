-- $3 more streams with the events and the snapshot of stream $2 of tenant $1, at the end of the tenant's log.
with head as (select sequence from tenants where tenant = $1),
  copy as (select n, gen_random_uuid() as id from generate_series(0, $3 - 1) n),
  source as (select *, row_number() over (order by version) as nth, count(*) over () as total from events where tenant = $1 and stream_id = $2),
  copied as (
    insert into events (tenant, sequence, partition, stream_type, stream_id, version, event_id, type, schema_version, time_us, data, metadata, hash)
    select tenant, (select sequence from head) + n * total + nth, partition, stream_type, copy.id, version, gen_random_uuid(), type, schema_version, time_us, data, metadata, hash
    from copy cross join source order by n, nth
    returning 1),
  snapped as (
    insert into snapshots (tenant, stream_type, stream_id, version, schema, state)
    select tenant, stream_type, copy.id, version, schema, state from snapshots cross join copy where tenant = $1 and stream_id = $2)
update tenants set sequence = sequence + (select count(*) from copied) where tenant = $1
