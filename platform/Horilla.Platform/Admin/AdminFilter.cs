using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;

namespace OrchardCore.Admin;

/// <summary>Requires the permission to access the admin panel.</summary>
internal sealed class AdminFilter(IAuthorizationService authorizationService) : IAsyncAuthorizationFilter
{
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (context.ActionDescriptor is ControllerActionDescriptor action
            && (action.MethodInfo.IsDefined(typeof(AdminAttribute)) || action.ControllerTypeInfo.IsDefined(typeof(AdminAttribute)))
            && !await authorizationService.AuthorizeAsync(context.HttpContext.User, AdminPermissions.AccessAdminPanel))
        {
            context.Result = context.HttpContext.User.Identity?.IsAuthenticated == true ? new ForbidResult() : new ChallengeResult();
        }
    }
}
