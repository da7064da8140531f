-- The streams of a tenant by type and id: one entry per stream. Tells which types a log has, and lets a rebuild go through them in pieces.
create index if not exists events_streams on events (tenant, stream_type, stream_id) where version = 1;
