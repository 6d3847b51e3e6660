"""Questions that a tool answers in a process of its own, which is killed when its time is over."""

import multiprocessing
import resource
import signal
import sys

# What a question may take of the memory, in bytes.
MEMORY = 4 << 30
# How much longer than the limit a question may take by the clock on the wall: one that waits uses no processor.
PATIENCE = 200


def processor_time():
    """Seconds that the processes which this one started, and which have ended, have had a processor for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ask(question, record, limit):
    """What `question(record)` yields, dictionaries of findings, until it ends or has used `limit` seconds.

    They are seconds of the processor, so that what else runs on the machine does not count. Returns all findings as
    one dictionary, the seconds, and why the question stopped early, else None.
    """
    receiver, sender = multiprocessing.Pipe(duplex=False)
    start = processor_time()
    process = multiprocessing.get_context("fork").Process(target=_answer, args=(sender, question, record, limit))
    process.start()
    sender.close()
    findings, reason = {}, None
    try:
        while receiver.poll(PATIENCE * limit):
            message = receiver.recv()
            if isinstance(message, str):
                reason = f"{question.__name__}: {message}"
            else:
                findings |= message
    except EOFError:
        # All is said, or the time is over.
        process.join(PATIENCE * limit)
    process.kill()
    process.join()
    if process.exitcode == -signal.SIGPROF:
        reason = f"{question.__name__}: out of time"
    elif process.exitcode:
        reason = f"{question.__name__}: exit {process.exitcode}"
    return findings, processor_time() - start, reason


def _answer(sender, question, record, limit):
    # The signal ends the process, whatever code it is in.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, limit)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.setrecursionlimit(20_000)
    try:
        for findings in question(record):
            sender.send(findings)
    except BaseException as error:
        sender.send(f"{type(error).__name__}: {str(error)[:200]}")
    sender.close()


def decide(questions, record, limit):
    """The verdict that the questions' findings amount to; each may use half of the time that is left, the last all."""
    found, reasons, spent = {}, [], 0.0
    for number, question in enumerate(questions):
        left = limit - spent
        share = left if number == len(questions) - 1 else left / 2
        findings, seconds, reason = ask(question, record, share)
        spent += seconds
        found |= {name: value for name, value in findings.items() if value is not None}
        reasons += [reason] if reason else []
        if verdict(found) != "undecided":
            break
    return dict(
        id=record.id, verdict=verdict(found), injective=found.get("injective", "undecided"), kinds=kinds(found, record),
        inverse=found.get("inverse"), inverseHolds=found.get("inverseHolds", False), seconds=spent, reasons=reasons)


def verdict(found):
    if "kinds" in found:
        return "conditional" if len(set(found["kinds"])) > 1 else found["kinds"][0]
    match found.get("injective"), found.get("surjective"):
        case "no", _:
            return "not_injective"
        case "yes", "yes":
            return "bijective"
        case "yes", "no":
            return "injective_not_surjective"
    return "undecided"


def kinds(found, record):
    return found.get("kinds") or [verdict(found)] * len(record.assignments)
