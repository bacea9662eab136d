namespace OrchardCore.Modules.Manifest;

public static class ManifestConstants
{
    public const string AdminTag = "Admin";
}
