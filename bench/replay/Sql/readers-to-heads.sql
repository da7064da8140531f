-- Copies are not news: every reader of the log continues after them.
with moved as (
    update checkpoints c set position = coalesce((select max(position) from events e where e.partition = c.partition), c.position))
update reactor_cursors r set sequence = t.sequence from tenants t where t.tenant = r.tenant
