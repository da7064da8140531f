-- Lets a reactor read only the types it acts on.
create index if not exists events_type on events (tenant, type, position);

-- Letters that somebody wants retried: few, and looked for every minute.
create index dead_letters_retry on dead_letters (reactor, tenant) where retry;
