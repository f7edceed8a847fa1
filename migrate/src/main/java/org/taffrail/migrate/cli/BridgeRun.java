// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import org.taffrail.migrate.bridge.Bridge;
import org.taffrail.migrate.bridge.BridgeOptions;
import org.taffrail.migrate.bridge.Link;
import org.taffrail.migrate.bridge.Route;
import org.taffrail.migrate.bridge.Throttle;
import org.taffrail.migrate.provider.Side;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run of a bridge: shows how it gets on, ends it when the process is to end, and reports. */
final class BridgeRun {
    private static final long STOP_MS_MAX = 60_000;

    private final Side from;
    private final Side to;
    private final List<Route> routes;
    private final PrintWriter out;

    BridgeRun(Side from, Side to, List<Route> routes, PrintWriter out) {
        this.from = from;
        this.to = to;
        this.routes = routes;
        this.out = out;
    }

    int run(boolean mirror, BridgeOptions options, Throttle throttle, int progressS)
            throws IOException, InterruptedException {
        CountDownLatch reported = new CountDownLatch(1);
        try (Bridge bridge = new Bridge(routes, from, to, mirror, options, throttle)) {
            Thread onExit = new Thread(() -> stop(bridge, reported), "bridge-exit");
            Runtime.getRuntime().addShutdownHook(onExit);
            bridge.start();
            Progress progress = new Progress(bridge.links(), out);
            while (!bridge.await(TimeUnit.SECONDS.toMillis(progressS))) {
                progress.show();
            }
            String report = new Report(from, to, mirror, bridge.links()).text();
            Files.writeString(options.state().resolve("report.txt"), report);
            out.print(report);
            out.flush();
            return exitCode(bridge.links());
        } finally {
            reported.countDown();
        }
    }

    /** On Ctrl-C or SIGTERM: lets the batches end, and waits for the report. */
    private static void stop(Bridge bridge, CountDownLatch reported) {
        bridge.stop();
        try {
            reported.await(STOP_MS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int exitCode(List<Link> links) {
        boolean failed = links.stream().anyMatch(link -> link.state() == Link.State.FAILED);
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }
}
