namespace OrchardCore.Environment.Shell.Builders;

public interface IShellPipeline
{
    Task Invoke(object context);
}
