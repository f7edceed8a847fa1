// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that does what a broker does, as often as it is told: allocates, writes and forces. */
final class ForcingProcess {
    static final int FORCES = 5;
    static final int BYTES = 100_000;

    private ForcingProcess() {}

    /**
     * Works once for each line that comes in, and says when it is done; ends at the end of input.
     *
     * @param arguments the file to write to
     * @throws IOException if that is not possible
     */
    public static void main(String[] arguments) throws IOException {
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (FileChannel channel =
                FileChannel.open(
                        Path.of(arguments[0]),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            System.out.println("ready");
            while (input.readLine() != null) {
                for (int i = 0; i < FORCES; i++) {
                    channel.write(ByteBuffer.wrap(new byte[BYTES]));
                    channel.force(false);
                }
                System.out.println("done");
            }
        }
    }
}
