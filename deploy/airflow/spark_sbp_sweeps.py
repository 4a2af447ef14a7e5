"""Sweeps of spark-sbp on a schedule, for Airflow 3 and 2.10.

    raw (each task) -> prepare (each task) -> sweep (each task) -> report

Copy this file into the DAGs folder. It is set up by environment variables of the machines that parse and
run it, see docs/orchestration.md: SBP_HOME, SBP_STORE, SBP_SWEEPS, SBP_RAW, SBP_SAMPLES, and

    SBP_RUN_BY      submit: the workers' spark-submit, on their PATH (default)
                    kubernetes: the Spark operator of a Kubernetes cluster
    SBP_SCHEDULE    when, as cron writes it (default 17 2 * * *)
    SBP_CATCHUP     1: make up for missed intervals
    SBP_CONNECTION  of Airflow, to Spark or Kubernetes (default spark_default, kubernetes_default)
    SBP_VERSION     of the application's jar
    SBP_IMAGE, SBP_NAMESPACE, SBP_SERVICE_ACCOUNT  of the pods

Every command may be given again at any time: it goes on, or finds all done. So a task that failed is tried
again, unless its exit code says that it would fail the same way.
"""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta, timezone

try:  # Airflow 3
    from airflow.sdk import DAG
except ImportError:
    from airflow import DAG

try:  # Airflow 3, from some release on
    from airflow.sdk.exceptions import AirflowFailException
except ImportError:
    from airflow.exceptions import AirflowFailException

HOME = os.environ.get("SBP_HOME", "/opt/spark-sbp")
STORE = os.environ.get("SBP_STORE", "/var/lib/spark-sbp")
SWEEPS = dict(
    sweep.split("=", 1)
    for sweep in os.environ.get(
        "SBP_SWEEPS", "nettalk=conf/study/nettalk-snn.conf mnist=conf/study/mnist-snn.conf"
    ).split()
)
RAW = os.environ.get("SBP_RAW", "fetch")
SAMPLES = os.environ.get("SBP_SAMPLES", "1000")
VERSION = os.environ.get("SBP_VERSION", "0.1.0-SNAPSHOT")
RUN_BY = os.environ.get("SBP_RUN_BY", "submit")

JAR = f"{HOME}/app/spark-jobs-{VERSION}.jar"
MAIN = "org.sparksbp.cli.Sbp"
RESULTS = f"{STORE}/results/{{run-id}}"
# Rendered by Airflow: the same for all tries of a run, another for every interval, manual ones included.
INTERVAL = ["--run-id", "{{ run_id }}"]

# A bad command line, bad data, and training that fails: no use in trying again.
IN_VAIN = {2, 3, 4}
EXIT_CODES = [
    # SparkSubmitOperator; what the driver's pod ended with comes first, spark-submit itself may end with 0.
    re.compile(r"Kubernetes spark exit code is: (\d+)"),
    re.compile(r"Error code is: (\d+)"),
    # SparkKubernetesOperator, which shows the pod as it was at its end.
    re.compile(r"exit_code['\"]?: ([1-9]\d*)"),
]


def exit_code(message):
    """The exit code that an operator's complaint tells of, or None."""
    for pattern in EXIT_CODES:
        found = pattern.search(message)
        if found:
            return int(found.group(1))
    return None


class StopsInVain:
    """Before an operator: makes failures final that trying again would not mend."""

    def execute(self, context):
        try:
            return super().execute(context)
        except Exception as failure:
            code = exit_code(str(failure))
            if code in IN_VAIN:
                raise AirflowFailException(
                    f"sbp ended with exit code {code}, which trying again does not mend"
                ) from failure
            raise


# Only one of the two providers need be installed.
if RUN_BY == "kubernetes":
    from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

    class SbpKubernetesOperator(StopsInVain, SparkKubernetesOperator):
        """A command of sbp by the Spark operator."""

else:
    from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

    class SbpSubmitOperator(StopsInVain, SparkSubmitOperator):
        """A command of sbp by spark-submit."""


def configuration(file):
    return file if file.startswith("/") or ":/" in file else f"{HOME}/{file}"


def raw(task):
    to = ["--to", f"{STORE}/raw/{task}"]
    if RAW == "generate":
        return ["generate", task, *to, "--samples", SAMPLES]
    return ["fetch", task, *to]


def prepare(task):
    return ["prepare", task, "--input", f"{STORE}/raw/{task}", "--output", f"{STORE}/shards/{task}"]


def sweep(task, file):
    shards = f"{STORE}/shards/{task}"
    return ["sweep", "--config", configuration(file), "--data", shards, "--output", RESULTS, *INTERVAL]


def report():
    return ["report", "--results", RESULTS, "--output", f"{STORE}/reports/{{run-id}}", *INTERVAL]


def submitted(task_id, argument_lists):
    """Tasks by spark-submit in client mode, where the exit code is the program's own."""
    return SbpSubmitOperator.partial(
        task_id=task_id,
        conn_id=os.environ.get("SBP_CONNECTION", "spark_default"),
        name=f"sbp {task_id}",
        application=JAR,
        java_class=MAIN,
        driver_class_path=f"{HOME}/app/*",
        driver_memory=os.environ.get("SBP_HEAP", "2g"),
        conf={
            "spark.driver.extraJavaOptions": "--add-modules=jdk.incubator.vector"
            f" -Dlog4j2.configurationFile=file://{HOME}/conf/log4j2.properties",
            "spark.executor.extraClassPath": f"{HOME}/app/*",
        },
        # One thread a task; a standalone master in cluster mode takes no variables.
        env_vars={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "SBP_HOME": HOME},
    ).expand(application_args=argument_lists)


def application(task_id, arguments):
    """The resource of the Spark operator; its own restarts are off, as Airflow tries again."""
    environment = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    pod = {
        "serviceAccount": os.environ.get("SBP_SERVICE_ACCOUNT", "spark-sbp"),
        "env": [{"name": name, "value": value} for name, value in environment.items()],
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": 185,
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
        },
    }
    return {
        "spark": {
            "apiVersion": "sparkoperator.k8s.io/v1beta2",
            "kind": "SparkApplication",
            "metadata": {"name": f"sbp-{task_id}"},
            "spec": {
                "type": "Java",
                "mode": "cluster",
                "sparkVersion": "3.5.9",
                "image": os.environ.get("SBP_IMAGE", f"spark-sbp:{VERSION}"),
                "imagePullPolicy": "IfNotPresent",
                "mainClass": MAIN,
                "mainApplicationFile": f"local://{JAR}",
                "arguments": arguments,
                "restartPolicy": {"type": "Never"},
                "sparkConf": {
                    "spark.driver.extraClassPath": f"{HOME}/app/*",
                    "spark.executor.extraClassPath": f"{HOME}/app/*",
                },
                "driver": {
                    **pod,
                    "cores": 1,
                    "memory": "2g",
                    "javaOptions": "--add-modules=jdk.incubator.vector",
                },
                "executor": {**pod, "cores": 2, "instances": 2, "memory": "2g"},
            },
        }
    }


def on_kubernetes(task_id, argument_lists):
    """Tasks by the Spark operator, in pods of their own."""
    return SbpKubernetesOperator.partial(
        task_id=task_id,
        kubernetes_conn_id=os.environ.get("SBP_CONNECTION", "kubernetes_default"),
        namespace=os.environ.get("SBP_NAMESPACE", "spark-sbp"),
        name=f"sbp-{task_id}",
        get_logs=True,
        reattach_on_restart=True,
        delete_on_termination=True,
    ).expand(template_spec=[application(task_id, arguments) for arguments in argument_lists])


jobs = {"submit": submitted, "kubernetes": on_kubernetes}[RUN_BY]

with DAG(
    dag_id="spark_sbp_sweeps",
    description="Sweeps of spark-sbp from raw files to the report's page",
    doc_md=__doc__,
    schedule=os.environ.get("SBP_SCHEDULE", "17 2 * * *"),
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    # Safe either way: an interval's results have a folder of their own.
    catchup=os.environ.get("SBP_CATCHUP") == "1",
    # Prepared data is shared: the second run would find the first one preparing it, and wait.
    max_active_runs=1,
    default_args={
        "retries": 4,
        # Longer than a killed process on another machine seems to be alive, see docs/orchestration.md.
        "retry_delay": timedelta(seconds=90),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
    },
    tags=["spark-sbp"],
) as dag:
    chain = [
        jobs("prepare", [prepare(task) for task in SWEEPS]),
        jobs("sweep", [sweep(task, file) for task, file in SWEEPS.items()]),
        jobs("report", [report()]),
    ]
    if RAW != "present":  # else others put the raw files there, and preparing checks them
        chain.insert(0, jobs("raw", [raw(task) for task in SWEEPS]))
    for before, after in zip(chain, chain[1:]):
        before >> after
