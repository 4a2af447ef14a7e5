"""Stand-ins for what the DAG takes from Airflow: they refuse every name that Airflow does not have."""

import itertools
import os
import subprocess
import sys
import types

OF_DAG = {
    "dag_id", "description", "schedule", "start_date", "end_date", "catchup", "default_args",
    "max_active_runs", "max_active_tasks", "tags", "doc_md", "params", "dagrun_timeout", "is_paused_upon_creation",
}
OF_TASKS = {
    "task_id", "retries", "retry_delay", "retry_exponential_backoff", "max_retry_delay", "execution_timeout",
    "trigger_rule", "pool", "queue", "owner", "doc_md", "do_xcom_push", "max_active_tis_per_dag",
}
OF_SUBMIT = {
    "application", "conf", "conn_id", "files", "py_files", "archives", "driver_class_path", "jars", "java_class",
    "packages", "exclude_packages", "repositories", "total_executor_cores", "executor_cores", "executor_memory",
    "driver_memory", "keytab", "principal", "proxy_user", "name", "num_executors", "status_poll_interval",
    "application_args", "env_vars", "verbose", "spark_binary", "properties_file", "yarn_queue", "deploy_mode",
    "use_krb5ccache", "post_submit_commands", "track_driver_via_k8s_api", "yarn_track_via_rm_api", "yarn_rm_auth",
    "durable",
}
OF_KUBERNETES = {
    "image", "code_path", "namespace", "name", "application_file", "template_spec", "get_logs", "do_xcom_push",
    "success_run_history_limit", "startup_timeout_seconds", "log_events_on_failure", "reattach_on_restart",
    "delete_on_termination", "kubernetes_conn_id", "random_name_suffix",
}


class AirflowException(Exception):
    pass


class AirflowFailException(AirflowException):
    pass


def check(what, names, allowed):
    unknown = set(names) - allowed
    if unknown:
        raise TypeError(f"{what} has no argument {sorted(unknown)}")


class DAG:
    current = None

    def __init__(self, **arguments):
        check("DAG", arguments, OF_DAG)
        check("default_args", arguments.get("default_args", {}), OF_TASKS)
        self.arguments = arguments
        self.tasks = []

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *thrown):
        DAG.current = None


class Mapped:
    """Tasks of one operator, a task each element of the mapped arguments."""

    def __init__(self, operator, shared, mapped):
        self.operator, self.shared, self.mapped = operator, shared, mapped
        self.upstream = []
        DAG.current.tasks.append(self)

    def __rshift__(self, other):
        other.upstream.append(self)
        return other

    def instances(self, render):
        for values in itertools.product(*self.mapped.values()):
            arguments = {**self.shared, **dict(zip(self.mapped, values))}
            yield self.operator(**{name: render(value) for name, value in arguments.items()})


class Partial:
    def __init__(self, operator, shared):
        self.operator, self.shared = operator, shared

    def expand(self, **mapped):
        check(self.operator.__name__ + ".expand", mapped, self.operator.names | OF_TASKS)
        for name, values in mapped.items():
            if not isinstance(values, (list, dict)) or name in self.shared:
                raise TypeError(f"{name} cannot be mapped")
        return Mapped(self.operator, self.shared, mapped)


class Operator:
    names = set()

    def __init__(self, **arguments):
        check(type(self).__name__, arguments, self.names | OF_TASKS)
        self.arguments = arguments

    @classmethod
    def partial(cls, **shared):
        check(cls.__name__ + ".partial", shared, cls.names | OF_TASKS)
        return Partial(cls, shared)


class SparkSubmitOperator(Operator):
    names = OF_SUBMIT
    master = "local[2]"  # what the connection says

    def command(self):
        """In the order in which Airflow's hook has them."""
        given = self.arguments
        command = [given.get("spark_binary", "spark-submit"), "--master", self.master]
        for key, value in given.get("conf", {}).items():
            command += ["--conf", f"{key}={value}"]
        for name in ("properties_file", "files", "driver_class_path", "jars"):
            if name in given:
                command += ["--" + name.replace("_", "-"), given[name]]
        for name in ("num_executors", "executor_cores", "executor_memory", "driver_memory", "name"):
            if name in given:
                command += ["--" + name.replace("_", "-"), str(given[name])]
        if "java_class" in given:
            command += ["--class", given["java_class"]]
        return command + [given["application"], *given.get("application_args", [])]

    def execute(self, context):
        command = self.command()
        environment = {**os.environ, **self.arguments.get("env_vars", {})}
        code = subprocess.run(command, env=environment, check=False).returncode
        if code:
            raise AirflowException(f"Cannot execute: {' '.join(command)}. Error code is: {code}.")


class SparkKubernetesOperator(Operator):
    names = OF_KUBERNETES

    def execute(self, context):
        raise NotImplementedError("there is no cluster here")


def module(name, **contents):
    made = types.ModuleType(name)
    made.__dict__.update(contents)
    sys.modules[name] = made
    parent, _, last = name.rpartition(".")
    if parent:
        if parent not in sys.modules:
            module(parent)
        setattr(sys.modules[parent], last, made)


def install(version):
    """Makes the modules of a version of Airflow importable."""
    if version == "3":
        module("airflow")
        module("airflow.sdk", DAG=DAG)
        module("airflow.sdk.exceptions", AirflowFailException=AirflowFailException)
    else:
        module("airflow", DAG=DAG)
    exceptions = {"AirflowException": AirflowException, "AirflowFailException": AirflowFailException}
    module("airflow.exceptions", **exceptions)
    module(
        "airflow.providers.apache.spark.operators.spark_submit", SparkSubmitOperator=SparkSubmitOperator
    )
    module(
        "airflow.providers.cncf.kubernetes.operators.spark_kubernetes",
        SparkKubernetesOperator=SparkKubernetesOperator,
    )
