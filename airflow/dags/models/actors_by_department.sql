select
  department,
  count(*) as actors,
  sum(service = 'repair') as repairers
from stg_actors
group by department
order by department
