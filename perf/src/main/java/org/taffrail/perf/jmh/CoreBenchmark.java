// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

import java.util.concurrent.TimeUnit;

/**
 * What a message costs the core and the loop, with neither network nor disk: sent, appended in
 * memory, delivered to one consumer and accepted.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoreBenchmark {
    private static final int MESSAGES = 64;
    private static final long CONNECTION = 1;
    private static final long PRODUCER = 7;
    private static final int CREDIT = 1 << 30;
    private static final int SNAPSHOT_BYTES = 16 << 20;

    /** Whether all messages of a round come in one turn, or each in a turn of its own. */
    @Param({"true", "false"})
    public boolean together;

    private final ByteSink run = new ByteSink(2048);
    private Loop loop;
    private long partition;
    private long sequence = 1;
    private long lastOffset;

    /** Called by JMH only. */
    public CoreBenchmark() {}

    /**
     * Makes a queue with one consumer.
     *
     * @throws StoreException never
     */
    @Setup
    public void prepare() throws StoreException {
        loop = new Loop(new MemoryStore(), Limits.defaults(), SNAPSHOT_BYTES, this::hear, 0);
        loop.connect(CONNECTION, Newcomer.passing(null, PRODUCER));
        loop.decide(CONNECTION, new ClientFrame.Resolve(1, DestinationKind.QUEUE, "q"), 0);
        loop.decide(
                CONNECTION,
                new ClientFrame.Attach(
                        2,
                        1,
                        ClientFrame.Source.QUEUE,
                        DestinationKind.QUEUE,
                        "q",
                        null,
                        null,
                        false,
                        null),
                0);
        loop.decide(CONNECTION, new ClientFrame.Credit(1, CREDIT, CREDIT, true, 0), 0);
        settleTurns();
        int at = RunLayout.begin(run, partition, PRODUCER, sequence);
        RecordEncoder encoder = new RecordEncoder(run);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.BYTES, false);
        run.putBytes(new byte[1024], 0, 1024);
        encoder.end();
        RunLayout.end(run, at, 1);
    }

    private void hear(long connection, BrokerFrame frame) {
        if (frame instanceof BrokerFrame.Deliver deliver) {
            lastOffset = deliver.offset();
        } else if (frame instanceof BrokerFrame.Resolved resolved) {
            partition = resolved.partition();
        }
    }

    private void settleTurns() {
        boolean more = true;
        while (more) {
            more = loop.turn(0);
        }
    }

    /**
     * Sends a round of messages, lets them be delivered, and accepts them.
     *
     * @return the last offset that was delivered
     */
    @Benchmark
    @InWords(
            "the loop and the core alone: a message of 1 KiB sent, delivered to"
                    + " the consumer of a queue, accepted; with those of a round in one turn"
                    + " of the loop, or each in its own")
    @OperationsPerInvocation(MESSAGES)
    public long sendDeliverAccept() {
        long first = lastOffset + 1;
        for (int i = 0; i < MESSAGES; i++) {
            RunLayout.address(run.array(), 0, partition, PRODUCER, sequence++);
            loop.decide(CONNECTION, new ClientFrame.Send(0, run.array(), 0, run.length()), 0);
            if (!together) {
                settleTurns();
            }
        }
        settleTurns();
        loop.decide(
                CONNECTION,
                new ClientFrame.Settle(
                        0,
                        0,
                        1,
                        ClientFrame.Verb.ACCEPT,
                        partition,
                        new long[] {Math.max(0, first - 1), lastOffset}),
                0);
        loop.decide(CONNECTION, new ClientFrame.Credit(1, MESSAGES, CREDIT, false, 0), 0);
        settleTurns();
        return lastOffset;
    }
}
