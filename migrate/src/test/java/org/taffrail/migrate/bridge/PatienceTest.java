// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.migrate.message.Address;
import org.taffrail.migrate.provider.Side;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A provider that misses a client late, as Artemis does that is asked to wait for it. */
class PatienceTest {
    private static final List<String> NUMBERS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    @TempDir private Path state;

    private TwoBrokers brokers;

    @BeforeEach
    void open() throws JMSException {
        brokers = new TwoBrokers();
    }

    @AfterEach
    void close() throws JMSException {
        brokers.close();
    }

    @Test
    void keepsTheOrderWhereTheOldProviderHoldsWhatALostConnectionHad() throws Exception {
        brokers.sendTexts("q", 10);
        Side old = missedLate(new JMSException("the connection is cut"));

        Link link = link(old, true, 1500);
        link.run();

        assertEquals(Link.State.ENDED, link.state(), link.why());
        assertEquals(NUMBERS, brokers.textsOnNew("q"));
        assertEquals(List.of(), brokers.textsOnOld("q"));
    }

    @Test
    void keepsTheOrderWhereTheOldProviderHoldsWhatADeadRunHad() throws Exception {
        brokers.sendTexts("q", 10);
        Link dead = link(missedLate(new AssertionError("the run dies")), true, 1500);
        assertThrows(AssertionError.class, dead::run);

        Link link = link(brokers.oldSide(), true, 1500);
        link.run();

        assertEquals(Link.State.ENDED, link.state(), link.why());
        assertEquals(NUMBERS, brokers.textsOnNew("q"));
        assertEquals(List.of(), brokers.textsOnOld("q"));
    }

    /** The old provider, which misses a client a while after its first message was taken. */
    private Side missedLate(Throwable death) {
        CutConnectionFactory cut =
                new CutConnectionFactory(
                        brokers.oldFactory(),
                        "receive",
                        1,
                        true,
                        connection -> {
                            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                                    .execute(() -> closeQuietly(connection));
                            if (death instanceof Error error) {
                                throw error;
                            }
                            throw (JMSException) death;
                        });
        return Side.of("old", cut.factory(), false);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private Link link(Side from, boolean untilEmpty, long patienceMs) {
        BridgeOptions.Times times = new BridgeOptions.Times(50, patienceMs, 50, 5);
        return new Link(
                Route.parse(Address.Kind.QUEUE, "q"),
                from,
                brokers.newSide(),
                false,
                new BridgeOptions(state, 2, untilEmpty, null, false, times),
                new Throttle(0));
    }

    @Test
    void waitsForNobodyAfterARunThatEndedInOrder() throws Exception {
        brokers.sendTexts("q", 10);
        Link first = link(brokers.oldSide(), false, 60_000);
        Thread thread = new Thread(first);
        thread.start();
        await().until(() -> first.totals().messages() == 10);
        first.stop();
        thread.join();

        Link link = link(brokers.oldSide(), true, 60_000);
        link.run();

        assertEquals(Link.State.ENDED, link.state(), link.why());
        assertEquals(NUMBERS, brokers.textsOnNew("q"));
    }
}
