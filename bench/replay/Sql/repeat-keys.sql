-- Commands of stream $2 of tenant $1 under the keys $3, each of which made the version of $4; they said what the keyed command of stream $5 said.
insert into commands (tenant, key, fingerprint, stream_type, stream_id, version)
select $1, k.key, c.fingerprint, c.stream_type, $2, k.version
from unnest($3::bytea[], $4::int[]) as k(key, version) cross join commands c
where c.tenant = $1 and c.stream_id = $5
