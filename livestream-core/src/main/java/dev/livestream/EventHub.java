package dev.livestream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what happens, and keeps what they throw from doing harm. */
final class EventHub {
  private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

  private final List<Consumer<? super StreamEvent>> listeners;

  EventHub(List<Consumer<? super StreamEvent>> listeners) {
    this.listeners = new CopyOnWriteArrayList<>(listeners);
  }

  void add(Consumer<? super StreamEvent> listener) {
    listeners.add(listener);
  }

  void emit(StreamEvent event) {
    for (Consumer<? super StreamEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.warn("An event listener failed at {}", event, e);
      }
    }
  }
}
