namespace Horilla.Testing;

public static class Repository
{
    /// <summary>The folder that contains the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The build configuration of the tests, which the hosts share.</summary>
    public static string Configuration { get; } =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);

        while (!File.Exists(Path.Combine(folder.FullName, "Horilla.Platform.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
