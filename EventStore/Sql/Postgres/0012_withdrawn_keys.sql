-- A key that leaked holds no more from then on; null: it was not withdrawn.
alter table keys add column withdrawn_us bigint;
