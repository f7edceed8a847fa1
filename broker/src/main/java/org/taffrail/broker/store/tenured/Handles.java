// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tenured files that are open: a bounded number, however many there are. Which of them is read
 * least lately is closed first. Any thread may call.
 */
final class Handles {
    private final Folder folder;
    private final int openMax;
    private final LinkedHashMap<Long, Handle> open = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Handle {
        final DataFile file;
        int readers;
        boolean surplus;

        Handle(DataFile file) {
            this.file = file;
        }
    }

    /**
     * Makes one.
     *
     * @param openMax how many files are kept open when nobody reads them
     */
    Handles(Folder folder, int openMax) {
        this.folder = folder;
        this.openMax = openMax;
    }

    /** Reads from a file as {@link DataFile#read} does. */
    int read(long id, ByteBuffer target, long position) throws IOException {
        Handle handle = take(id);
        try {
            return handle.file.read(target, position);
        } finally {
            giveBack(handle);
        }
    }

    long size(long id) throws IOException {
        Handle handle = take(id);
        try {
            return handle.file.size();
        } finally {
            giveBack(handle);
        }
    }

    private synchronized Handle take(long id) throws IOException {
        Handle handle = open.get(id);
        if (handle == null) {
            handle = new Handle(folder.open(TenuredLayout.name(id)));
            open.put(id, handle);
        }
        handle.readers++;
        closeEldest();
        return handle;
    }

    private void closeEldest() throws IOException {
        Iterator<Map.Entry<Long, Handle>> eldest = open.entrySet().iterator();
        while (open.size() > openMax && eldest.hasNext()) {
            Handle handle = eldest.next().getValue();
            if (handle.readers == 0) {
                eldest.remove();
                handle.file.close();
            }
        }
    }

    private synchronized void giveBack(Handle handle) throws IOException {
        handle.readers--;
        if (handle.surplus && handle.readers == 0) {
            handle.file.close();
        }
    }

    /** Closes a file that will not be read again, once nobody reads it. */
    synchronized void close(long id) throws IOException {
        Handle handle = open.remove(id);
        if (handle != null) {
            handle.surplus = true;
            if (handle.readers == 0) {
                handle.file.close();
            }
        }
    }

    void closeAll() throws IOException {
        List<Long> ids;
        synchronized (this) {
            ids = new ArrayList<>(open.keySet());
        }
        for (long id : ids) {
            close(id);
        }
    }

    synchronized int openCount() {
        return open.size();
    }
}
