// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.migration;

import jakarta.jms.JMSException;

import org.taffrail.migrate.cli.MigrateCommand;
import org.taffrail.samples.orderdesk.DeskException;
import org.taffrail.samples.orderdesk.DeskOptions;
import org.taffrail.samples.orderdesk.LatencySink;
import org.taffrail.samples.orderdesk.OrderDesk;

import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.naming.NamingException;

/**
 * A day on which an application moves from one provider to another, and in the evening back.
 *
 * <ol>
 *   <li>In the morning the order desk works on the old provider; more orders come than its clerks
 *       confirm, so some wait.
 *   <li>At noon it moves, and goes on working: first the clerks, to whom {@code migrate drain}
 *       brings what waits and what the shop still sends to the old provider; then the shop.
 *   <li>In the afternoon it works on the new provider, the whole order desk with it.
 *   <li>In the evening somebody wants it back: what waits by then returns the same way.
 * </ol>
 *
 * <p>At the end each order must have been confirmed exactly once, wherever that was.
 */
final class Move {
    private static final DeskOptions DESK = DeskOptions.DEFAULT.withOrders(150);

    /** How many orders are placed in each part of the day. */
    private static final int MORNING = 200;

    private static final int NOON_OLD = 100;
    private static final int NOON_NEW = 100;
    private static final int EVENING = 60;

    /** How many of the morning's are confirmed before the move. */
    private static final int CONFIRMED_BEFORE = 120;

    private final Path old;
    private final Path fresh;
    private final Path folder;
    private final PrintStream out;
    private final Books books = new Books();
    private final List<String> problems = new ArrayList<>();

    /**
     * Plans a day.
     *
     * @param old the {@code jndi.properties} of the old provider
     * @param fresh that of the new one
     * @param folder where the bridges keep their state and reports
     * @param out where to tell what happens
     */
    Move(Path old, Path fresh, Path folder, PrintStream out) {
        this.old = old;
        this.fresh = fresh;
        this.folder = folder;
        this.out = out;
    }

    /** Runs the day; returns what went wrong, which is nothing if all is well. */
    List<String> run()
            throws IOException,
                    NamingException,
                    JMSException,
                    DeskException,
                    MoveException,
                    InterruptedException {
        ExecutorService atOnce = Executors.newFixedThreadPool(2);
        try (Counter oldCounter = new Counter(old);
                Counter newCounter = new Counter(fresh)) {
            orderDesk("the old provider", old);
            morning(oldCounter);
            noon(oldCounter, newCounter, atOnce);
            orderDesk("the new provider", fresh);
            evening(oldCounter, newCounter);
            verify(oldCounter, newCounter);
        } finally {
            atOnce.shutdownNow();
        }
        return problems;
    }

    /** The sample that runs anywhere must run here as well. */
    private void orderDesk(String where, Path file)
            throws IOException, NamingException, JMSException, DeskException, InterruptedException {
        PrintStream silent =
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        List<String> found =
                new OrderDesk(Counter.context(file), DESK, LatencySink.NONE, silent)
                        .run()
                        .problems();
        problems.addAll(found);
        tell("The order desk had its day on %s: %d problems", where, found.size());
    }

    private void morning(Counter oldCounter) throws JMSException, MoveException {
        oldCounter.place(MORNING, books);
        oldCounter.confirm(CONFIRMED_BEFORE);
        tell(
                "Morning: %d orders on the old provider, %d confirmed, %d wait",
                MORNING, CONFIRMED_BEFORE, oldCounter.waiting());
    }

    private void noon(Counter oldCounter, Counter newCounter, ExecutorService atOnce)
            throws JMSException, MoveException, InterruptedException {
        int coming = MORNING - CONFIRMED_BEFORE + NOON_OLD + NOON_NEW;
        Future<?> clerks =
                atOnce.submit(
                        (Callable<Void>)
                                () -> {
                                    newCounter.confirm(coming);
                                    return null;
                                });
        tell("Noon: the clerks have moved, the shop has not; the bridge starts");
        Future<Integer> bridge = atOnce.submit(() -> drain(old, fresh, "there"));
        oldCounter.place(NOON_OLD, books);
        newCounter.place(NOON_NEW, books);
        tell("Noon: the shop has moved too; %d orders came meanwhile", NOON_OLD + NOON_NEW);
        expect("the bridge's exit code", 0, result(bridge));
        result(clerks);
        expect("orders that wait on the old provider", 0, oldCounter.waiting());
        expect("orders that wait on the new provider", 0, newCounter.waiting());
        newCounter.collect(books); // before the order desk clears the queue
        tell("Noon: all %d are confirmed on the new provider", coming);
    }

    private void evening(Counter oldCounter, Counter newCounter)
            throws JMSException, MoveException {
        newCounter.place(EVENING, books);
        expect("orders that wait before the way back", EVENING, newCounter.waiting());
        expect("the exit code of the bridge back", 0, drain(fresh, old, "back"));
        expect("orders that came back", EVENING, oldCounter.waiting());
        oldCounter.confirm(EVENING);
        tell("Evening: %d orders went back, and are confirmed on the old provider", EVENING);
    }

    private void verify(Counter oldCounter, Counter newCounter) throws JMSException {
        oldCounter.collect(books);
        newCounter.collect(books);
        problems.addAll(books.problems());
        expect("orders that are left on the old provider", 0, oldCounter.waiting());
        expect("orders that are left on the new provider", 0, newCounter.waiting());
        tell(
                "Night: %d orders, %d confirmations, %d problems",
                books.orders(), books.confirmations(), problems.size());
        problems.forEach(problem -> out.println("  " + problem));
    }

    /** As typed: {@code bin/taffrail migrate drain ...}. */
    private int drain(Path from, Path to, String name) {
        CommandLine commandLine = MigrateCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        return commandLine.execute(
                "drain",
                "--from",
                from.toString(),
                "--to",
                to.toString(),
                "--queue",
                "orders",
                "--state",
                folder.resolve(name).toString(),
                "--quiet-ms",
                "1000",
                "--until-empty");
    }

    private static <T> T result(Future<T> future)
            throws JMSException, MoveException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JMSException failure) {
                throw failure;
            }
            if (e.getCause() instanceof MoveException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void expect(String what, int expected, int found) {
        if (expected != found) {
            problems.add(what + ": " + found + " instead of " + expected);
        }
    }

    private void tell(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
