using Microsoft.AspNetCore.Mvc;

namespace Horilla.TestHost;

/// <summary>Returns the names of the assemblies that this process has loaded.</summary>
public sealed class AssembliesController : Controller
{
    [HttpGet]
    public IActionResult Index() => Json(AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name).Order());
}
