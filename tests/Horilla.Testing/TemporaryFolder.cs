namespace Horilla.Testing;

/// <summary>A folder that every user of the machine can access and that is deleted after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("horilla-").FullName;
        GrantAccess(Path);
    }

    public string Path { get; }

    public string CreateSubfolder(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(path);
        GrantAccess(path);

        return path;
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Grants access to all users: mail servers drop root privileges but still have to write here.</summary>
    private static void GrantAccess(string path)
        => System.IO.File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("777", 8));
}
