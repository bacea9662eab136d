using Microsoft.AspNetCore.Mvc;

namespace OrchardCore.Navigation;

public interface INavigationManager
{
    /// <summary>The items of a menu that the user may see, with the addresses that they lead to.</summary>
    Task<IEnumerable<MenuItem>> BuildMenuAsync(string name, ActionContext context);
}
