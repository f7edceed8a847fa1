// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.management.jfr.FlightRecorderMXBean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * A flight recording of a JVM that holds when it wrote how much to files and when it forced them:
 * one event a call, however short, and no other events.
 *
 * <p>Linux' own count, {@code write_bytes} of {@code /proc/PID/io}, is of no use for this: it
 * counts what becomes dirty in the page cache by whole folios, which may be a MiB each, while the
 * disk gets a few KiB. {@code wchar} beside it counts what goes to sockets as well.
 */
public final class FileRecording implements AutoCloseable {
    private static final String BEAN = "jdk.management.jfr:type=FlightRecorder";
    private static final String FORCE = "jdk.FileForce";
    private static final String WRITE = "jdk.FileWrite";
    private static final String WRITTEN = "bytesWritten";

    /** Null of standard output. */
    private static final String PATH = "path";

    private final FlightRecorderMXBean recorder;
    private final long id;
    private boolean closed;

    /**
     * What was done to files.
     *
     * @param forces how many calls of {@code FileChannel.force} there were
     * @param writtenBytes how many bytes were written
     */
    public record Totals(long forces, long writtenBytes) {}

    private FileRecording(FlightRecorderMXBean recorder, long id) {
        this.recorder = recorder;
        this.id = id;
    }

    /**
     * Begins to note the writes and forces of a JVM.
     *
     * @param connection its management beans
     * @return the recording
     * @throws IOException if the JVM has no flight recorder, or the connection is lost
     */
    static FileRecording start(MBeanServerConnection connection) throws IOException {
        try {
            ObjectName name = new ObjectName(BEAN);
            FlightRecorderMXBean recorder =
                    JMX.newMXBeanProxy(connection, name, FlightRecorderMXBean.class);
            Map<String, String> settings = settings(connection.getAttribute(name, "EventTypes"));
            long id = recorder.newRecording();
            FileRecording recording = new FileRecording(recorder, id);
            try {
                recorder.setRecordingSettings(id, settings);
                recorder.startRecording(id);
            } catch (RuntimeException e) {
                recording.close();
                throw e;
            }
            return recording;
        } catch (JMException e) {
            throw new IOException(e);
        }
    }

    /**
     * The types of events come as they are sent: the bean's proxy fails to make objects of them
     * (JDK 17).
     */
    private static Map<String, String> settings(Object eventTypes) {
        Map<String, String> settings = new HashMap<>();
        for (CompositeData type : (CompositeData[]) eventTypes) {
            // an event that nothing is said of may well be on
            settings.put(type.get("name") + "#enabled", "false");
        }
        for (String type : List.of(FORCE, WRITE)) {
            settings.put(type + "#enabled", "true");
            settings.put(type + "#threshold", "0 ns");
            settings.put(type + "#stackTrace", "false");
        }
        return settings;
    }

    /**
     * Ends the recording and sums up the writes and forces that began within some spans.
     *
     * @param spans the spans
     * @param file where the other JVM may put its recording; deleted again
     * @return the sums
     * @throws IOException if the recording can't be read
     */
    public Totals finish(Spans spans, Path file) throws IOException {
        try {
            recorder.stopRecording(id);
            recorder.copyTo(id, file.toString());
            long forces = 0;
            long writtenBytes = 0;
            try (RecordingFile recording = new RecordingFile(file)) {
                while (recording.hasMoreEvents()) {
                    RecordedEvent event = recording.readEvent();
                    String type = event.getEventType().getName();
                    if (!spans.contain(event.getStartTime())) {
                        continue;
                    }
                    if (type.equals(FORCE)) {
                        forces++;
                    } else if (type.equals(WRITE) && event.getString(PATH) != null) {
                        writtenBytes += event.getLong(WRITTEN);
                    }
                }
            }
            return new Totals(forces, writtenBytes);
        } finally {
            close();
            Files.deleteIfExists(file);
        }
    }

    /**
     * Ends the recording without counting; nothing if that has happened.
     *
     * @throws IOException if the connection is lost
     */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            recorder.closeRecording(id);
        }
    }
}
