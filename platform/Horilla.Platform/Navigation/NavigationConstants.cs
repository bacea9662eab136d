namespace OrchardCore.Navigation;

public static class NavigationConstants
{
    public const string AdminId = "admin";
}
