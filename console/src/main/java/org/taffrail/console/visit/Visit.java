// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.visit;

import org.taffrail.broker.server.Visitor;
import org.taffrail.console.http.Refusal;
import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Somebody who asks over HTTP, inside the broker: what it may do there the broker decides. */
public final class Visit implements AutoCloseable {
    /** How long the broker may take for an answer. */
    private static final long ANSWER_MS_MAX = 30_000;

    private final Link link;
    private final Supplier<CompletableFuture<Visitor>> asking;

    /**
     * Makes one.
     *
     * @param link its connection
     * @param asking asks the broker who was let in on it
     */
    Visit(Link link, Supplier<CompletableFuture<Visitor>> asking) {
        this.link = link;
        this.asking = asking;
    }

    /**
     * Asks the broker whom it has let in.
     *
     * @return with the permissions of now
     * @throws Refusal if nobody is let in any more
     * @throws InterruptedException if the HTTP side ends
     */
    public Visitor visitor() throws InterruptedException {
        return await(asking.get());
    }

    /**
     * Requires that the visitor may manage all of the broker, and so may see all there is: samples
     * are not taken by anybody's rights. What the broker asks this of is a look at branches.
     *
     * @throws Refusal if not
     * @throws InterruptedException if the HTTP side ends
     */
    public void requireManager() throws InterruptedException {
        page(ManageOperation.BRANCHES, new Fields.Builder().put("rows", 1).build());
    }

    /**
     * Requires that the visitor may manage something, be it not all of the broker. What the broker
     * asks this of is a look at one destination.
     *
     * @return who it is: what it may see of samples is for whoever shows them to find out
     * @throws Refusal if there is nothing that it may manage
     * @throws InterruptedException if the HTTP side ends
     */
    public Visitor requireSomeManager() throws InterruptedException {
        page(
                ManageOperation.DESTINATIONS,
                new Fields.Builder().put("kind", "queue").put("rows", 1).build());
        return visitor();
    }

    /**
     * Asks for one page of rows, or for a change.
     *
     * @param operation what
     * @param fields about what
     * @return the answer
     * @throws Refusal if it is refused
     * @throws InterruptedException if the HTTP side ends
     */
    public BrokerFrame.Managed page(ManageOperation operation, Fields fields)
            throws InterruptedException {
        return await(link.manage(operation.number(), fields));
    }

    /**
     * Asks for one row, or for a change.
     *
     * @param operation what
     * @param fields about what
     * @return the row
     * @throws Refusal if it is refused
     * @throws InterruptedException if the HTTP side ends
     */
    public Fields one(ManageOperation operation, Fields fields) throws InterruptedException {
        List<Fields> rows = page(operation, fields).rows();
        if (rows.size() != 1) {
            throw new IllegalStateException("an answer of " + rows.size() + " rows, not one");
        }
        return rows.get(0);
    }

    /**
     * Returns the connection.
     *
     * @return until the visit is closed
     */
    public Link link() {
        return link;
    }

    /**
     * Waits for an answer of the broker.
     *
     * @param future the answer
     * @param <T> what it is
     * @return the answer
     * @throws Refusal if it is refused, or does not come
     * @throws InterruptedException if the HTTP side ends
     */
    public static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(ANSWER_MS_MAX, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WireException refused) {
                throw Refusals.of(refused);
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw Refusals.of(
                    new WireException(
                            ErrorCode.TIMEOUT,
                            "no answer of the broker in " + ANSWER_MS_MAX + " ms"));
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
