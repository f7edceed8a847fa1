// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the tests of links share: listeners that note what they hear, and waits with a limit. */
final class LinkHarness {
    static final Object CONFIRMED = "confirmed";

    private LinkHarness() {}

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(ScriptedBroker.WAIT_MS, TimeUnit.MILLISECONDS);
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(ScriptedBroker.WAIT_MS, TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    static WireException assertFails(ErrorCode code, CompletableFuture<?> future) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> get(future));
        return assertCode(code, e.getCause());
    }

    static WireException assertCode(ErrorCode code, Object failure) {
        WireException e = assertInstanceOf(WireException.class, failure);
        assertEquals(code, e.code(), e::getMessage);
        return e;
    }

    /** Notes the outcomes of sends, with the name of each. */
    static final class Outcomes {
        final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

        Link.SendListener named(String name) {
            return failure -> {
                heard.add(name);
                heard.add(failure == null ? CONFIRMED : failure);
            };
        }

        void expectConfirmed(String... names) throws InterruptedException {
            for (String name : names) {
                assertEquals(name, next(heard));
                assertEquals(CONFIRMED, next(heard));
            }
        }

        WireException expectFailed(String name, ErrorCode code) throws InterruptedException {
            assertEquals(name, next(heard));
            return assertCode(code, next(heard));
        }
    }

    /** Notes what a consumer hears: deliveries, and the cause of its end. */
    static final class Consumer implements Link.ConsumerListener {
        final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

        @Override
        public void delivered(Link.Delivery delivery) {
            heard.add(delivery);
        }

        @Override
        public void closed(Throwable cause) {
            heard.add(cause);
        }

        Link.Delivery nextDelivery() throws InterruptedException {
            return assertInstanceOf(Link.Delivery.class, next(heard));
        }
    }
}
