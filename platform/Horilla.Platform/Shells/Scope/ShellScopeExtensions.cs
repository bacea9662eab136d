namespace OrchardCore.Environment.Shell.Scope;

public static class ShellScopeExtensions
{
    public static ShellScope RegisterBeforeDispose(this ShellScope scope, Func<ShellScope, Task> callback, bool last = false)
    {
        scope.AddBeforeDispose(callback, last);

        return scope;
    }

    public static ShellScope AddDeferredTask(this ShellScope scope, Func<ShellScope, Task> task)
    {
        scope.AddDeferred(task);

        return scope;
    }

    public static ShellScope AddExceptionHandler(this ShellScope scope, Func<ShellScope, Exception, Task> handler)
    {
        scope.AddHandler(handler);

        return scope;
    }
}
