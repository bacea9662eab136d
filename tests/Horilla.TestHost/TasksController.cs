using Microsoft.AspNetCore.Mvc;
using OrchardCore.BackgroundTasks;

namespace Horilla.TestHost;

/// <summary>Runs a background task immediately, because its schedule is too slow for a test.</summary>
public sealed class TasksController(IEnumerable<IBackgroundTask> tasks) : Controller
{
    public async Task<IActionResult> Index(string name)
    {
        await tasks.Single(task => task.GetType().Name == name).DoWorkAsync(HttpContext.RequestServices, HttpContext.RequestAborted);

        return Content("done");
    }
}
