namespace Horilla.Testing;

/// <summary>A folder that everybody on the machine may use, and that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("horilla-").FullName;
        Open(Path);
    }

    public string Path { get; }

    public string Sub(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(path);
        Open(path);

        return path;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Mail servers give up root's rights, and still write here.</summary>
    private static void Open(string path)
        => System.IO.File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("777", 8));
}
