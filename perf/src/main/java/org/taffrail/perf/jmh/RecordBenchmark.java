// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;
import org.taffrail.wire.record.SelectorRecord;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorSyntaxException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a message costs before anything is done with it: laid out by the client, checked by the
 * broker, looked at by a selector, read by the receiver.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {
    private static final String SELECTOR_OF_REGIONS =
            "region LIKE 'em%' AND (amount * 2 > 300 OR JMSPriority >= 4)";

    /** The body's bytes. */
    @Param({"100", "1024"})
    public int bodyBytes;

    private final ByteSink sink = new ByteSink(4096);
    private final RecordEncoder encoder = new RecordEncoder(sink);
    private final RecordView view = new RecordView();
    private final SelectorRecord selectorRecord = new SelectorRecord();
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private byte[] body;
    private byte[] run;
    private Selector byProperty;
    private Selector byCorrelation;
    private Selector byPattern;

    /** Called by JMH only. */
    public RecordBenchmark() {}

    /**
     * Lays out one message.
     *
     * @throws SelectorSyntaxException never
     */
    @Setup
    public void prepare() throws SelectorSyntaxException {
        body = new byte[bodyBytes];
        properties.put("region", "emea");
        properties.put("amount", 125);
        run = encode().toByteArray();
        byProperty = Selector.parse("region IN ('apac', 'emea') AND amount BETWEEN 100 AND 200");
        byCorrelation = Selector.parse("JMSCorrelationID = 'request-4711'");
        byPattern = Selector.parse(SELECTOR_OF_REGIONS);
    }

    /**
     * A client lays out a run of one message with two properties, checksum included.
     *
     * @return the run
     */
    @Benchmark
    @InWords("a run with one message and two properties laid out, checksum included")
    public ByteSink encode() {
        sink.clear();
        int at = RunLayout.begin(sink, 1, 2, 3);
        encoder.begin(1, 2, 3, true, 4)
                .bodyType(BodyType.BYTES, false)
                .correlation("request-4711")
                .properties(properties);
        sink.putBytes(body, 0, body.length);
        encoder.end();
        RunLayout.end(sink, at, 1);
        return sink;
    }

    /** The broker checks a run that came from a client, checksum included. */
    @Benchmark
    @InWords("the broker checks a run with one message and two properties, checksum included")
    public void check() {
        RunCheck.check(run, 0, run.length);
    }

    /**
     * The broker reads what it needs of a record.
     *
     * @return the sum of the fields
     */
    @Benchmark
    @InWords("the broker reads four fields of a record where they stand")
    public long readInPlace() {
        view.wrap(run, RunLayout.HEADER_BYTES);
        return view.priority() + view.expirationMs() + view.deliveryTimeMs() + view.bodyLength();
    }

    /**
     * A receiver reads id, correlation id and properties.
     *
     * @return the properties
     */
    @Benchmark
    @InWords("id, correlation id and properties of a record read as objects")
    public Map<String, Object> decode() {
        view.wrap(run, RunLayout.HEADER_BYTES);
        Map<String, Object> read = view.properties();
        read.put(view.messageId(), view.correlationText());
        return read;
    }

    /**
     * A selector with IN, AND and BETWEEN over two properties.
     *
     * @return whether it matches
     */
    @Benchmark
    @InWords("a selector evaluated on a record: `region IN (...) AND amount BETWEEN ...`")
    public boolean selectByProperty() {
        return selectorRecord.matches(byProperty, view.wrap(run, RunLayout.HEADER_BYTES));
    }

    /**
     * The selector of request and reply.
     *
     * @return whether it matches
     */
    @Benchmark
    @InWords("a selector evaluated on a record: `JMSCorrelationID = '...'`")
    public boolean selectByCorrelation() {
        return selectorRecord.matches(byCorrelation, view.wrap(run, RunLayout.HEADER_BYTES));
    }

    /**
     * A selector with LIKE, arithmetic and a header field.
     *
     * @return whether it matches
     */
    @Benchmark
    @InWords("a selector evaluated on a record: `" + SELECTOR_OF_REGIONS + "`")
    public boolean selectByPattern() {
        return selectorRecord.matches(byPattern, view.wrap(run, RunLayout.HEADER_BYTES));
    }

    /**
     * A selector is parsed, as for each consumer that has one.
     *
     * @return the selector
     * @throws SelectorSyntaxException never
     */
    @Benchmark
    @InWords("the selector of selectByPattern parsed, as for each new consumer")
    public Selector parseSelector() throws SelectorSyntaxException {
        return Selector.parse(SELECTOR_OF_REGIONS);
    }
}
