select
  siret,
  name,
  service,
  case when postcode like '97%' then substr(postcode, 1, 3) else substr(postcode, 1, 2) end as department
from actors
