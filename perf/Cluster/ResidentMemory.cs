using System.Globalization;

namespace Wego.Perf.Cluster;

/// <summary>
/// What processes hold resident. The pages of a file that none has altered (the runtime, the assemblies) are there once however many
/// processes map them, and are counted so: for each file, as many as the process that has most. The proportional sizes that the kernel
/// tells (Pss) would depend on what else runs on the machine.
/// </summary>
internal sealed class ResidentMemory
{
    private readonly Dictionary<string, long> _files = new(StringComparer.Ordinal);

    private ResidentMemory()
    {
    }

    /// <summary>Of each process, in bytes, without unaltered pages of files.</summary>
    public List<long> Own { get; } = [];

    /// <summary>The unaltered pages of files, in bytes.</summary>
    public long Files => _files.Values.Sum();

    /// <summary>What all hold together, in bytes.</summary>
    public long Total => Own.Sum() + Files;

    /// <summary>The sum of what each holds, as if each ran on a machine of its own.</summary>
    public long Apart { get; private set; }

    public static ResidentMemory Read(IEnumerable<int> processes)
    {
        var memory = new ResidentMemory();
        foreach (var process in processes)
        {
            memory.Add(process);
        }

        return memory;
    }

    private void Add(int process)
    {
        var files = new Dictionary<string, long>(StringComparer.Ordinal);
        var (own, file, resident) = (0L, (string?)null, 0L);
        foreach (var line in File.ReadLines($"/proc/{process}/smaps"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!words[0].EndsWith(':'))
            {
                // A mapping: addresses, rights, offset, device, inode and the file, if any. Without an inode on a disk there is none.
                file = words.Length > 5 && words[3] != "00:00" && !words[5].StartsWith("/memfd:", StringComparison.Ordinal) ? words[5] : null;
            }
            else if (words[0] == "Rss:")
            {
                resident = Bytes(words);
                Apart += resident;
                own += file is null ? resident : 0;
            }
            else if (file is not null && words[0] == "Private_Dirty:")
            {
                own += Bytes(words);
                files[file] = files.GetValueOrDefault(file) + resident - Bytes(words);
            }
        }

        Own.Add(own);
        foreach (var (name, bytes) in files)
        {
            _files[name] = Math.Max(_files.GetValueOrDefault(name), bytes);
        }
    }

    private static long Bytes(string[] words) => 1024 * long.Parse(words[1], CultureInfo.InvariantCulture);
}
