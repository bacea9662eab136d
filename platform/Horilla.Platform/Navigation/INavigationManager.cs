using Microsoft.AspNetCore.Mvc;

namespace OrchardCore.Navigation;

public interface INavigationManager
{
    /// <summary>Returns the items of a menu that the user can see, with their URLs.</summary>
    Task<IEnumerable<MenuItem>> BuildMenuAsync(string name, ActionContext context);
}
