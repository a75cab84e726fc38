using System.CommandLine;
using Wego.Silo;

// The host handles signals: the command line would end the process two seconds after one, whatever is under way.
return await SiloCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
