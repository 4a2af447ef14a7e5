"""Reads a DAG under stand-ins for Airflow, and shows its tasks or runs them in order.

    run_dag.py show AIRFLOW DAG RUN_ID            a line of JSON each task: id, tasks before it, arguments
    run_dag.py run AIRFLOW DAG RUN_ID RETRIES     runs them, each again as Airflow would, without waiting
"""

import importlib.util
import json
import sys

import airflow_stand_ins as stand_ins


def load(file):
    spec = importlib.util.spec_from_file_location("dag_under_test", file)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def renderer(run_id):
    def render(value):
        if isinstance(value, str):
            text = value.replace("{{ run_id }}", run_id)
            if "{{" in text:
                raise ValueError(f"not rendered here: {text}")
            return text
        if isinstance(value, list):
            return [render(each) for each in value]
        if isinstance(value, dict):
            return {name: render(each) for name, each in value.items()}
        return value

    return render


def in_order(tasks):
    """Tasks behind all that they wait for."""
    ordered, left = [], list(tasks)
    while left:
        ready = [task for task in left if all(before in ordered for before in task.upstream)]
        if not ready:
            raise ValueError("tasks wait for each other")
        ordered += ready
        left = [task for task in left if task not in ready]
    return ordered


def run(task, retries):
    for attempt in range(retries + 1):
        try:
            task.execute({})
            return
        except stand_ins.AirflowFailException as failure:
            print(f"failed for good: {failure}", flush=True)
            sys.exit(1)
        except stand_ins.AirflowException as failure:
            print(f"failed, attempt {attempt + 1}: {failure}", flush=True)
    sys.exit(1)


def main():
    what, version, file, run_id, *rest = sys.argv[1:]
    stand_ins.install(version)
    dag = load(file).dag
    for mapped in in_order(dag.tasks):
        for task in mapped.instances(renderer(run_id)):
            if what == "run":
                run(task, int(rest[0]))
            else:
                before = [each.shared["task_id"] for each in mapped.upstream]
                arguments = {**dag.arguments["default_args"], **task.arguments}
                print(json.dumps({"before": before, **arguments}, default=str))


main()
