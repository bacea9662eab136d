namespace OrchardCore.Navigation;

/// <summary>Adds items to the menu of the admin panel.</summary>
public abstract class AdminNavigationProvider : NamedNavigationProvider
{
    protected AdminNavigationProvider()
        : base(NavigationConstants.AdminId)
    {
    }
}
