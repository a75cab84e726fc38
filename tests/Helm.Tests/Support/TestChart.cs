using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Wego.Helm.Tests;

/// <summary>Packs charts.</summary>
internal static class TestChart
{
    public const string ConfigMap =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: {{ .Release.Name }}
        data:
          version: {{ .Chart.Version | quote }}
          text: {{ .Values.text | quote }}
        """;

    /// <summary>A Job that nobody runs: Helm waits for it.</summary>
    public const string EndlessHook =
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: {{ .Release.Name }}-hook
          annotations:
            helm.sh/hook: pre-install,pre-upgrade
            helm.sh/hook-delete-policy: before-hook-creation
        spec:
          backoffLimit: 0
          template:
            spec:
              restartPolicy: Never
              containers:
              - name: hook
                image: example.com/hook:1
        """;

    /// <summary>A chart with one ConfigMap and more templates or files.</summary>
    public static byte[] Create(string version, params (string Path, string Text)[] files) => Pack(
    [
        ("demo/Chart.yaml", $"apiVersion: v2\nname: demo\nversion: {version}\nappVersion: \"7\"\ndescription: A demo\nhome: https://example.com/demo\n"),
        ("demo/values.yaml", "text: default\n"),
        ("demo/templates/configmap.yaml", ConfigMap),
        ("demo/templates/NOTES.txt", "Have fun with {{ .Release.Name }} {{ .Chart.Version }}.\n"),
        .. files,
    ]);

    private static byte[] Pack(IEnumerable<(string Path, string Text)> files)
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(packed, CompressionLevel.Fastest), TarEntryFormat.Pax))
        {
            // The last of equal paths counts.
            foreach (var (path, text) in files.GroupBy(f => f.Path).Select(g => g.Last()))
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return packed.ToArray();
    }
}
