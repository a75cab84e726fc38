"""The Dockerfile's structure: what an engine would refuse, and what nobody may change by accident."""
import re
import unittest

import dockerfile
from dockerfile import ROOT

# What the pods of every role are made from.
POD = ROOT / "deploy/helm/wego/templates/_deployment.tpl"


class DockerfileTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stages = dockerfile.read()
        cls.image = cls.stages[-1]

    def test_every_base_image_has_a_version(self):
        for stage in self.stages:
            self.assertRegex(stage.image, r"^[\w./-]+:\d+\.\d+[\w.-]*$")

    def test_what_is_copied_is_there(self):
        before = set()
        for stage in self.stages:
            for other, sources, _ in stage.copies():
                if other is not None:
                    self.assertIn(other, before)
                    continue
                for source in sources:
                    self.assertTrue((ROOT / source).exists(), source)
                    self.assertFalse(dockerfile.ignored(source), source)
            before.add(stage.name)

    def test_variables_are_declared_in_their_stage(self):
        for stage in self.stages:
            for name, value in stage.instructions:
                # Shell variables are written without braces.
                for variable in re.findall(r"\$\{(\w+)", value):
                    self.assertIn(variable, stage.arguments, f"{name} {value}")

    def test_nothing_runs_in_the_image_itself_as_it_has_no_shell(self):
        self.assertIn("chiseled", self.image.image)
        self.assertEqual([], self.image.all("RUN"))
        self.assertEqual(["/app/Wego.Silo"], self.image.list("ENTRYPOINT"))

    def test_the_user_is_a_number_as_run_as_non_root_demands(self):
        user = self.image.all("USER")[-1]
        self.assertRegex(user, r"^[1-9]\d*:[1-9]\d*$")
        values = (ROOT / "deploy/helm/wego/values.yaml").read_text()
        self.assertEqual(re.search(r"^runAsUser: (\d+)$", values, re.M).group(1), user.split(":")[0])

    def test_ports_are_those_of_the_chart(self):
        values = (ROOT / "deploy/helm/wego/values.yaml").read_text()
        port = lambda section, key: re.search(rf"^{section}:\n(?:  .*\n)*?  {key}: (\d+)$", values, re.M).group(1)
        expected = {"50051", port("silo", "port"), port("silo", "gatewayPort"), port("metrics", "port")}
        self.assertEqual(expected, set(self.image.all("EXPOSE")[-1].split()))
        self.assertIn("containerPort: 50051", POD.read_text())
        self.assertEqual(["--listen", "0.0.0.0:50051"], self.image.list("CMD"))

    def test_where_the_chart_mounts_the_settings_the_executable_is(self):
        self.assertIn("mountPath: /app/appsettings.Production.json", POD.read_text())
        self.assertIn("/app", [target for _, _, target in self.image.copies()])

    def test_helm_is_a_version_that_the_tests_run(self):
        helm = next(s for s in self.stages if s.name == "helm")
        self.assertIn(f'"{helm.arguments["HELM_VERSION"]} ', (ROOT / "tests/helm/fetch.sh").read_text())
        for architecture in ("AMD64", "ARM64"):
            self.assertRegex(helm.arguments[f"HELM_SHA256_{architecture}"], r"^[0-9a-f]{64}$")

    def test_the_image_runs_orleans_unless_told_otherwise(self):
        build = next(s for s in self.stages if s.name == "build")
        self.assertEqual("Orleans", build.arguments["GRAIN_RUNTIME"])
        self.assertEqual("", build.arguments["VERSION"])


if __name__ == "__main__":
    unittest.main()
