#:package KubernetesClient@21.0.8
#:property ManagePackageVersionsCentrally=false
// Reads the manifests on standard input into the types of Kubernetes' API: a field that is not there, or of another type, ends it.
using k8s;

foreach (var manifest in KubernetesYaml.LoadAllFromString(Console.In.ReadToEnd(), strict: true)) Console.WriteLine(manifest.GetType().Name);
