// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.taffrail.jms.message.MessageCodec;
import org.taffrail.jms.message.ObjectAllowList;
import org.taffrail.jms.message.Outgoing;
import org.taffrail.jms.message.TaffrailBytesMessage;
import org.taffrail.jms.message.TaffrailTextMessage;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.RunLayout;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What a message costs the client between the application and the frames: laid out when it is sent,
 * made again when it is received. Bodies have 1 KiB, and text messages two properties.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MessageBenchmark {
    private static final int BODY_BYTES = 1024;

    private final ByteSink sink = new ByteSink(4096);
    private final Outgoing outgoing = new Outgoing().partition(1).id(1, 2).sent(3);
    private final MessageCodec codec = new MessageCodec(ObjectAllowList.of(""), Integer.MAX_VALUE);
    private TaffrailBytesMessage bytes;
    private TaffrailTextMessage text;
    private Link.Delivery delivery;

    /** Called by JMH only. */
    public MessageBenchmark() {}

    /**
     * Makes the messages.
     *
     * @throws JMSException never
     */
    @Setup
    public void prepare() throws JMSException {
        bytes = new TaffrailBytesMessage();
        bytes.writeBytes(new byte[BODY_BYTES]);
        text = new TaffrailTextMessage("a".repeat(BODY_BYTES));
        text.setStringProperty("region", "emea");
        text.setIntProperty("amount", 125);
        byte[] run = encodeText().toByteArray();
        byte[] record = Arrays.copyOfRange(run, RunLayout.HEADER_BYTES, run.length);
        delivery = new Link.Delivery(1, 1, 42, 1, false, 0, record);
    }

    /**
     * A bytes message is laid out to be sent.
     *
     * @return the run
     * @throws JMSException never
     */
    @Benchmark
    @InWords("the client lays out a BytesMessage of 1 KiB, checksum included")
    public ByteSink encodeBytes() throws JMSException {
        MessageCodec.encode(bytes, outgoing, sink);
        return sink;
    }

    /**
     * A text message is laid out to be sent.
     *
     * @return the run
     * @throws JMSException never
     */
    @Benchmark
    @InWords("the client lays out a TextMessage of 1,024 characters with two properties")
    public ByteSink encodeText() throws JMSException {
        MessageCodec.encode(text, outgoing, sink);
        return sink;
    }

    /**
     * A delivery becomes a message, which nobody reads.
     *
     * @return the message
     */
    @Benchmark
    @InWords("the client makes the TextMessage of a delivery; nothing is read of it")
    public Message decode() {
        return codec.decode(delivery, null, null);
    }

    /**
     * A delivery becomes a message, of which the application reads text and properties.
     *
     * @return what was read
     * @throws JMSException never
     */
    @Benchmark
    @InWords("the client makes the TextMessage of a delivery; its text and properties are read")
    public int decodeAndRead() throws JMSException {
        TaffrailTextMessage message = (TaffrailTextMessage) codec.decode(delivery, null, null);
        return message.getText().length()
                + message.getStringProperty("region").length()
                + message.getIntProperty("amount");
    }
}
