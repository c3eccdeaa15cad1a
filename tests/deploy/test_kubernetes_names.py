"""Every name in the manifests leads somewhere: settings, Secrets, Services, selectors, ports, images, queues."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from deploy.kubernetes.credentials import contents
from deploy.local.kubernetes import get
from saraban.commands.run import BY_NAME
from saraban.settings import Settings
from tests.deploy import compose
from tests.deploy.manifests import (
    MADE,
    MEMBERS,
    OVERLAYS,
    container,
    of_kind,
    pods,
    rendered,
    secrets_named,
    selects,
    settings,
    templates,
)

pytestmark = [pytest.mark.servers, pytest.mark.parametrize("overlay", OVERLAYS)]


@pytest.fixture(autouse=True, scope="module")
def kubectl_is_here():
    get()


def test_every_service_has_its_pods(overlay):
    assert {container(one)["args"][1] for one in pods(overlay).values()} == set(BY_NAME)
    assert all(container(one)["args"] == ["run", name] for name, one in pods(overlay).items())


def test_every_setting_is_one_that_saraban_has(overlay):
    for name in [*BY_NAME, "operator"]:
        given = settings(overlay, name)

        assert set(given) <= set(Settings.model_fields)
        Settings(**{key: value for key, value in given.items() if value is not None})


def test_a_service_is_told_the_same_as_in_the_compose_file(overlay):
    by_image = {"health_host", "health_port"}  # a container's own check needs no other address than the image's
    everywhere = {"host", "port", "proxies", "secure_cookies", "intake_host", "intake_port", "intake_url"}

    for name, one in (compose.ours() | {"operator": compose.operator()}).items():
        ours = set(settings(overlay, name)) - by_image - everywhere
        assert ours == set(compose.saraban_settings(one)) - everywhere, name


def test_a_value_is_built_from_variables_that_stand_before_it(overlay):
    for template in templates(overlay).values():
        seen: set[str] = set()
        for variable in container(template)["env"]:
            assert set(re.findall(r"\$\((\w+)\)", variable.get("value", ""))) <= seen
            seen.add(variable["name"])


def test_every_secret_is_made_by_the_command_or_by_an_operator(overlay):
    known = {name: set(values) for name, values in contents().items()} | MADE
    used = {pair for one in rendered(overlay) for pair in secrets_named(one)}

    assert {name for name, _ in used} | {"minio-intake"} == set(known)
    assert {pair for pair in used if pair[1] is not None and pair[1] not in known[pair[0]]} == set()


def test_the_operators_make_the_secrets_under_these_names(overlay):
    users = of_kind(overlay, "MongoDBCommunity")["mongodb"]["spec"]["users"]

    assert {user["connectionStringSecretName"] for user in users} == {"mongodb-log", "mongodb-views"}
    assert {f"{name}-default-user" for name in of_kind(overlay, "RabbitmqCluster")} <= set(MADE)
    assert {f"{name}-http-cert" for name in of_kind(overlay, "OpenSearchCluster")} <= set(MADE)


def test_each_user_of_mongodb_has_one_database_and_the_log_is_not_the_others(overlay):
    users = of_kind(overlay, "MongoDBCommunity")["mongodb"]["spec"]["users"]

    rights = {user["name"]: [(role["name"], role["db"]) for role in user["roles"]] for user in users}

    assert rights == {"log": [("readWrite", "saraban_log")], "views": [("readWrite", "saraban_views")]}
    assert [name for name in templates(overlay) if "log" in settings(overlay, name)] == ["registry", "operator"]


def test_every_host_in_an_address_is_a_service(overlay):
    cluster = of_kind(overlay, "OpenSearchCluster")["opensearch"]["spec"]["general"]
    ports = {(name, port["port"]) for name, one in of_kind(overlay, "Service").items() for port in one["spec"]["ports"]}
    ports |= {(name, 80) for name in of_kind(overlay, "Tenant")} | {(cluster["serviceName"], cluster["httpPort"])}
    values = [
        value for name in templates(overlay) for value in settings(overlay, name).values() if value and "://" in value
    ]
    addresses = [urlsplit(re.sub(r"\$\(\w+\)", "x", value)) for value in values]

    assert addresses
    assert {(one.hostname, one.port) for one in addresses} <= ports


def test_accounts_maps_and_claims_that_pods_name_exist(overlay):
    for template in templates(overlay).values():
        spec = template["spec"]
        claims = [
            one["persistentVolumeClaim"]["claimName"] for one in spec["volumes"] if "persistentVolumeClaim" in one
        ]
        maps = [one["configMapRef"]["name"] for one in container(template)["envFrom"]]
        mounted = {one["name"] for one in container(template)["volumeMounts"]}

        assert set(claims) <= set(of_kind(overlay, "PersistentVolumeClaim"))
        assert set(maps) <= set(of_kind(overlay, "ConfigMap"))
        assert spec.get("serviceAccountName", "default") == "default"
        assert mounted == {one["name"] for one in spec["volumes"]}


def test_roles_are_bound_to_accounts_that_exist(overlay):
    for one in of_kind(overlay, "RoleBinding").values():
        assert one["roleRef"]["name"] in of_kind(overlay, "Role")
        assert {subject["name"] for subject in one["subjects"]} <= set(of_kind(overlay, "ServiceAccount"))


def test_every_selector_takes_some_pods(overlay):
    labels = [one["metadata"]["labels"] for one in templates(overlay).values()] + list(MEMBERS.values())
    budgets = [one["spec"]["selector"] for one in of_kind(overlay, "PodDisruptionBudget").values()]
    services = [{"matchLabels": one["spec"]["selector"]} for one in of_kind(overlay, "Service").values()]
    policies = [one["spec"]["podSelector"] for one in of_kind(overlay, "NetworkPolicy").values()]
    policies = [one for one in policies if "job-name" not in one.get("matchLabels", {})]  # a job of an operator

    for selector in [*budgets, *services, *policies]:
        assert any(selects(selector, one) for one in labels), selector


def test_every_budget_is_for_one_kind_of_pods_and_every_kind_has_one(overlay):
    budgets = of_kind(overlay, "PodDisruptionBudget")

    for name, template in pods(overlay).items():
        taken = [
            key for key, one in budgets.items() if selects(one["spec"]["selector"], template["metadata"]["labels"])
        ]
        assert taken == [name]


def test_every_service_grows_with_its_load_but_those_that_more_processes_would_not_make_faster(overlay):
    scaled = [one["spec"]["scaleTargetRef"]["name"] for one in of_kind(overlay, "ScaledObject").values()]
    scaled += [one["spec"]["scaleTargetRef"]["name"] for one in of_kind(overlay, "HorizontalPodAutoscaler").values()]

    fixed = {name for name, one in of_kind(overlay, "Deployment").items() if "replicas" in one["spec"]}
    assert fixed == {"mail", "registry"}
    assert sorted([*scaled, *fixed]) == sorted(BY_NAME)


def test_the_queues_that_are_watched_are_the_services_own(overlay):
    for name, one in of_kind(overlay, "ScaledObject").items():
        watched = {trigger["metadata"]["queueName"] for trigger in one["spec"]["triggers"]}
        references = {trigger["authenticationRef"]["name"] for trigger in one["spec"]["triggers"]}

        assert watched == {f"rpc-{name}", f"evt-registry-committed--{name}.take_commits"}
        assert hasattr(BY_NAME[name], "take_commits")
        assert references <= set(of_kind(overlay, "TriggerAuthentication"))


def test_ports_are_named_as_they_are_and_are_where_the_settings_say(overlay):
    for name, template in pods(overlay).items():
        ports = {port["name"]: port["containerPort"] for port in container(template)["ports"]}
        probes = {key: one for key, one in container(template).items() if key.endswith("Probe")}
        told = settings(overlay, name)

        assert {one["httpGet"]["port"] for one in probes.values()} == {"health"}
        assert len(probes) == 3
        assert {key: str(port) for key, port in ports.items()} == {
            "health": told["health_port"],
            **({"http": told["port"]} if name == "portal" else {}),
            **({"files": told["intake_port"]} if name == "intake" else {}),
        }
        assert template["metadata"]["annotations"]["prometheus.io/port"] == told["health_port"]


def test_services_and_the_ingress_lead_to_ports_that_exist(overlay):
    for one in of_kind(overlay, "Service").values():
        (template,) = [
            pod
            for pod in pods(overlay).values()
            if one["spec"]["selector"].items() <= pod["metadata"]["labels"].items()
        ]
        assert {port["targetPort"] for port in one["spec"]["ports"]} <= {
            port["name"] for port in container(template)["ports"]
        }
    for one in of_kind(overlay, "Ingress").values():
        for rule in one["spec"]["rules"]:
            backend = rule["http"]["paths"][0]["backend"]["service"]
            service = of_kind(overlay, "Service")[backend["name"]]
            assert backend["port"]["name"] in {port["name"] for port in service["spec"]["ports"]}
            assert rule["host"] in one["spec"]["tls"][0]["hosts"]


def test_versions_are_those_of_the_compose_file(overlay):
    images = [one["image"] for one in compose.services().values()]
    tags = {image.partition(":")[0].rpartition("/")[2]: image.partition(":")[2] for image in images}
    ours = {container(one)["image"].rpartition("/")[2] for one in templates(overlay).values()}
    tenant = of_kind(overlay, "Tenant")["minio"]["spec"]["image"].rpartition("/")[2]

    assert ours == {f"saraban:{tags['saraban']}"}
    assert tenant == f"saraban-minio:{tags['saraban-minio']}"
    assert of_kind(overlay, "RabbitmqCluster")["rabbitmq"]["spec"]["image"] == f"rabbitmq:{tags['rabbitmq']}"
    assert of_kind(overlay, "MongoDBCommunity")["mongodb"]["spec"]["version"] == tags["mongo"]
    assert of_kind(overlay, "OpenSearchCluster")["opensearch"]["spec"]["general"]["version"] == tags["opensearch"]
