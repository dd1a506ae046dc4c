/** Whom decisions on screenings are about, so that a customer's are found without reading all. Seen by the organisation that decided. */
export const SCREENING = `
create table decided_customer (
  organisation text not null references organisation,
  customer text not null,
  object uuid not null references object,
  primary key (organisation, customer, object)
);
alter table decided_customer enable row level security;
create policy decided_read on decided_customer for select using (organisation = (select cordon_organisation()));
create policy decided_write on decided_customer for insert with check (organisation = (select cordon_organisation()) and cordon_visible(object));
grant select, insert on decided_customer to cordon_app;
`
