using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>Hears of every host that is built in this process, within the flow that builds it.</summary>
internal sealed class HostWatch(Action<IHost> built) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this, name => name == "HostBuilt");
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is IHost host) built(host);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
