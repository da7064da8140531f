-- Invoices that become overdue when their day has passed, of all companies: what the job at midnight looks through.
create index invoices_unmarked on invoices (due_date, tenant, id) where status in (1, 2) and not is_overdue and outstanding > 0;
