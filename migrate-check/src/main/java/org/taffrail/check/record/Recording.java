// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A recorder and the file that it is written to: every minute, and when the JVM ends. There is one
 * for each folder, with one daemon thread. A folder that can't be written to is complained of once;
 * the application goes on.
 */
public final class Recording {
    private static final Logger LOG = Logger.getLogger(Recording.class.getName());
    private static final int TICKS_BEFORE_FIRST_WRITE = 5;
    private static final int TICKS_BETWEEN_WRITES = 60;
    private static final int FILES_TRIED_MAX = 1000;
    private static final ConcurrentMap<Path, Recording> BY_FOLDER = new ConcurrentHashMap<>();

    private final Path folder;
    private final Recorder recorder = new Recorder();
    private final long startedMs = System.currentTimeMillis();
    private Path file;
    private int ticks;
    private boolean complained;

    private Recording(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns the recording for a folder, and starts it with the first call.
     *
     * @param folder where the file goes; made when it is missing
     * @return the recording
     */
    public static Recording in(Path folder) {
        return BY_FOLDER.computeIfAbsent(
                folder.toAbsolutePath().normalize(), each -> new Recording(each).started());
    }

    private Recording started() {
        ScheduledExecutorService clock =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(null, task, "taffrail-check");
                            thread.setDaemon(true);
                            // not the application's, which may be undeployed
                            thread.setContextClassLoader(null);
                            return thread;
                        });
        clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        Runtime.getRuntime().addShutdownHook(new Thread(this::write, "taffrail-check-end"));
        return this;
    }

    /**
     * Returns what counts.
     *
     * @return the recorder, the same always
     */
    public Recorder recorder() {
        return recorder;
    }

    private void tick() {
        try {
            recorder.tick();
            ticks++;
            if (ticks == TICKS_BEFORE_FIRST_WRITE || ticks % TICKS_BETWEEN_WRITES == 0) {
                write();
            }
        } catch (RuntimeException e) {
            // an exception that gets out would end all further ticks
            recorder.failed(e);
        }
    }

    /**
     * Writes the file now. A failure is logged, the first time.
     *
     * @return the file; null where it could not be written
     */
    public synchronized Path write() {
        try {
            if (file == null) {
                Files.createDirectories(folder);
                file = newFile();
            }
            RecordFile.write(file, recorder, run());
            return file;
        } catch (IOException | RuntimeException e) {
            if (!complained) {
                complained = true;
                LOG.log(
                        Level.WARNING,
                        "what the application uses can't be written to " + folder,
                        e);
            }
            return null;
        }
    }

    /** A name that no other JVM and no other class loader has: an empty file takes it. */
    private Path newFile() throws IOException {
        String name = process().replaceAll("[^A-Za-z0-9.-]", "_") + '-' + startedMs;
        for (int i = 1; i <= FILES_TRIED_MAX; i++) {
            Path candidate = folder.resolve(name + (i == 1 ? "" : "-" + i) + RecordFile.ENDING);
            try {
                return Files.createFile(candidate);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
        }
        throw new IOException("too many files named " + name + " in " + folder);
    }

    /** The process's number, and the machine's name where the JVM tells it: "4711@host". */
    private static String process() {
        return ManagementFactory.getRuntimeMXBean().getName();
    }

    private Map<String, String> run() {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("process", process());
        run.put("java", System.getProperty("java.version", ""));
        run.put("startedMs", Long.toString(startedMs));
        run.put("writtenMs", Long.toString(System.currentTimeMillis()));
        return run;
    }
}
