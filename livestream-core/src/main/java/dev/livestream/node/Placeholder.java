package dev.livestream.node;

/** Holds the place so that the package can be exported. Delete it with the first real class. */
final class Placeholder {
  private Placeholder() {}
}
