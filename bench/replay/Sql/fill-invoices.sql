-- $2 more rows in the invoice list of tenant $1: copies of its newest one, a third each draft, sent and paid.
insert into invoices (tenant, id, created_seq, created_us, updated_us, version, status, is_overdue, number, kid, customer_id, customer_name, search_name,
    issue_date, due_date, currency, reference, net, vat, gross, payable, paid, outstanding)
select tenant, gen_random_uuid(), created_seq + n, created_us + n, updated_us + n, version, statuses.status, is_overdue,
    case when statuses.draft then null else number + n end, case when statuses.draft then null else lpad((number + n)::text, 15, '0') end,
    customer_id, customer_name || ' ' || n, search_name || ' ' || n, issue_date, due_date, currency, reference, net, vat, gross, payable, paid, outstanding
from (select * from invoices where tenant = $1 order by created_seq desc limit 1) source
cross join generate_series(1, $2) n
cross join lateral (select (array[(select min(status) from invoices where tenant = $1), source.status, (select max(status) from invoices where tenant = $1)])[1 + n % 3] as status, n % 3 = 0 as draft) statuses
