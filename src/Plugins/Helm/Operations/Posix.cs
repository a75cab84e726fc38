using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Wego.Plugins.Helm;

/// <summary>What .NET has no call for.</summary>
internal static partial class Posix
{
    private const int SigTerm = 15;
    private const uint OwnerOnly = 0b110_000_000;

    /// <summary>Asks a process to end, so that it can tidy up. Nothing happens where it has ended.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, SigTerm);

    /// <summary>Creates a named pipe that only its owner may open.</summary>
    public static void CreateNamedPipe(string path)
    {
        if (MakeFifo(path, OwnerOnly) != 0)
        {
            throw new IOException($"The named pipe {path} cannot be created.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakeFifo(string path, uint mode);
}
