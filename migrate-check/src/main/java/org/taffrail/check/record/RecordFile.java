// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import jakarta.jms.ConnectionFactory;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Map;

/**
 * The file of a JVM: lines of UTF-8 text with fields between tabs.
 *
 * <pre>
 * taffrail-check  1
 * run    KEY      VALUE
 * use    FEATURE  DETAIL  COUNT  PLACE
 * lost   WHAT     COUNT
 * peak   WHAT     COUNT
 * dest   KIND     NAME    PLACE  PRODUCERS  CONSUMERS  BROWSERS  CONSUMERS_MAX
 *                 SENT    RECEIVED  SIZES_SENT  SIZES_RECEIVED
 * end
 * </pre>
 *
 * <p>SENT and RECEIVED are counts for each {@link BodyKind}, with commas between. SIZES are {@code
 * max;bucket:count,bucket:count}, for the buckets of {@link Sizes} that are not empty. In a field a
 * backslash, tab, line feed and carriage return are written {@code \\}, {@code \t}, {@code \n} and
 * {@code \r}. A file without its last line is torn, and a reader refuses it, as it does one of a
 * later version. A line that begins with an unknown word is a later writer's: a reader skips it, as
 * it does further fields.
 */
public final class RecordFile {
    /** What the first line begins with. */
    public static final String MAGIC = "taffrail-check";

    /** The version behind it. */
    public static final int VERSION = 1;

    /** What the names of files end with. */
    public static final String ENDING = ".check";

    private final StringBuilder text = new StringBuilder(16 * 1024);

    private RecordFile() {}

    /**
     * Writes the file anew: first beside it, then in its place.
     *
     * @param file where to
     * @param recorder what to write
     * @param run what is to be known of the run
     * @throws IOException if it can't be written; what was there stays
     */
    static void write(Path file, Recorder recorder, Map<String, String> run) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
            write(out, recorder, run);
        }
        try {
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Writes all that was recorded.
     *
     * @param out where to
     * @param recorder what to write
     * @param run what is to be known of the run
     * @throws IOException if it can't be written
     */
    static void write(Writer out, Recorder recorder, Map<String, String> run) throws IOException {
        RecordFile file = new RecordFile();
        file.line(MAGIC, VERSION);
        file.line("run", "api", ConnectionFactory.class.getPackage().getName());
        for (Map.Entry<String, String> each : run.entrySet()) {
            file.line("run", each.getKey(), each.getValue());
        }
        file.uses(recorder);
        file.peaks(recorder);
        file.destinations(recorder.queues());
        file.destinations(recorder.topics());
        file.destination(recorder.temporaryQueues());
        file.destination(recorder.temporaryTopics());
        file.destination(recorder.others());
        file.line("lost", "destinations", recorder.destinationsLost());
        file.line("end");
        out.append(file.text);
    }

    private void uses(Recorder recorder) {
        for (Feature feature : Feature.values()) {
            Uses uses = recorder.uses(feature);
            for (Map.Entry<String, Use> each : uses.byDetail().entrySet()) {
                Use use = each.getValue();
                line("use", feature, each.getKey(), use.count(), use.place());
            }
            if (uses.lost() > 0) {
                line("lost", feature, uses.lost());
            }
        }
    }

    private void peaks(Recorder recorder) {
        Rates rates = recorder.rates();
        line("peak", "connections", recorder.connections().most());
        line("peak", "sessions", recorder.sessions().most());
        line("peak", "consumers", recorder.consumers().most());
        line("peak", "sent in a second", rates.sentSecondMax());
        line("peak", "received in a second", rates.receivedSecondMax());
        line("peak", "sent in a minute", rates.sentMinuteMax());
        line("peak", "received in a minute", rates.receivedMinuteMax());
    }

    private void destinations(Collection<DestinationUse> destinations) {
        for (DestinationUse each : destinations) {
            destination(each);
        }
    }

    private void destination(DestinationUse use) {
        boolean counts =
                use.sent().count() + use.received().count() + use.producers() + use.consumers() > 0;
        if (!counts && use.name().isEmpty()) {
            return;
        }
        line(
                "dest",
                use.kind(),
                use.name(),
                use.place(),
                use.producers(),
                use.consumers(),
                use.browsers(),
                use.consumersMax(),
                bodies(use.sent()),
                bodies(use.received()),
                sizes(use.sent().sizesOrNull()),
                sizes(use.received().sizesOrNull()));
    }

    private static String bodies(DestinationUse.Flow flow) {
        StringBuilder counts = new StringBuilder();
        for (int body = 0; body < BodyKind.count(); body++) {
            counts.append(body == 0 ? "" : ",").append(flow.count(body));
        }
        return counts.toString();
    }

    private static String sizes(Sizes sizes) {
        if (sizes == null) {
            return "";
        }
        StringBuilder counts = new StringBuilder();
        counts.append(sizes.maxBytes()).append(';');
        String comma = "";
        for (int bucket = 0; bucket < Sizes.BUCKETS; bucket++) {
            if (sizes.count(bucket) > 0) {
                counts.append(comma).append(bucket).append(':').append(sizes.count(bucket));
                comma = ",";
            }
        }
        return counts.toString();
    }

    private void line(Object... fields) {
        String tab = "";
        for (Object field : fields) {
            text.append(tab);
            escape(String.valueOf(field));
            tab = "\t";
        }
        text.append('\n');
    }

    private void escape(String field) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '\\':
                    text.append("\\\\");
                    break;
                case '\t':
                    text.append("\\t");
                    break;
                case '\n':
                    text.append("\\n");
                    break;
                case '\r':
                    text.append("\\r");
                    break;
                default:
                    // half a surrogate pair can't be written as UTF-8
                    text.append(isLoneSurrogate(field, i) ? '\uFFFD' : c);
                    break;
            }
        }
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
