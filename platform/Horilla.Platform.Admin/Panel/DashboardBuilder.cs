using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;

namespace Horilla.Platform.Admin.Panel;

/// <summary>Collects the lines of the dashboard for one user.</summary>
/// <param name="context">The context of the page.</param>
/// <param name="url">Builds addresses.</param>
internal sealed class DashboardBuilder(ActionContext context, IUrlHelper url)
{
    private readonly List<DashboardLink> _attention = [];
    private readonly List<DashboardLink> _counts = [];
    private readonly List<DashboardLink> _nextSteps = [];
    private readonly List<DashboardLink> _working = [];

    /// <summary>The user who sees the dashboard.</summary>
    public ClaimsPrincipal User => context.HttpContext.User;

    /// <summary>The context of the page.</summary>
    public ActionContext Context => context;

    /// <summary>Adds something that needs attention.</summary>
    public void AddAttention(string text, string address) => _attention.Add(new DashboardLink(text, url.Content(address)));

    /// <summary>Adds something that works.</summary>
    public void AddWorking(string text, string address) => _working.Add(new DashboardLink(text, url.Content(address)));

    /// <summary>Adds a count.</summary>
    public void AddCount(string text, int count, string address) => _counts.Add(new DashboardLink(text, url.Content(address), count));

    /// <summary>Adds a step for a new site.</summary>
    public void AddNextStep(string text, string address) => _nextSteps.Add(new DashboardLink(text, url.Content(address)));

    /// <summary>Returns the dashboard.</summary>
    public DashboardViewModel Build() => new(_attention, _working, _counts, _nextSteps);
}
