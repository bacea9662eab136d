namespace OrchardCore.BackgroundTasks;

/// <summary>Work that a tenant does on a schedule. Each run has its own scope, which is saved at the end.</summary>
public interface IBackgroundTask
{
    Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken);
}
